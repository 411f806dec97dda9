import { findJson } from '../recognise.js';
import { parseRange, skipValue } from '../scan.js';
import { yamlProblem } from '../yaml.js';
import { ProxyStatusError } from './error.js';
import type { UnreadLine } from './status.js';

/** A JSON or YAML document of the text. */
export interface StatusDocument {
  readonly value: unknown;
  /** Line where it begins, from 1. */
  readonly line: number;
}

export interface StatusDocuments {
  readonly documents: readonly StatusDocument[];
  /** The one that is broken or cut off. */
  readonly unread: readonly UnreadLine[];
}

/**
 * The JSON values of a text, one after another, log lines before and between them passed over.
 * Throws {@link ProxyStatusError} where not even the first one is whole.
 */
export function jsonDocuments(text: string): StatusDocuments {
  const bytes = Buffer.from(text);
  const documents: StatusDocument[] = [];
  for (let at = nextJson(bytes, 0); at >= 0; ) {
    const line = lineAt(bytes, at);
    try {
      const end = skipValue(bytes, at);
      documents.push({ value: parseRange(bytes, at, end), line });
      at = nextJson(bytes, end);
    } catch (error) {
      return { documents, unread: [broken(error, line, documents)] };
    }
  }
  return { documents, unread: [] };
}

function nextJson(bytes: Buffer, from: number): number {
  const found = findJson(bytes.subarray(from));
  return found < 0 ? found : from + found;
}

function lineAt(bytes: Buffer, at: number): number {
  let line = 1;
  for (let newline = bytes.indexOf(0x0a); newline >= 0 && newline < at; newline = bytes.indexOf(0x0a, newline + 1)) {
    line++;
  }
  return line;
}

function broken(error: unknown, line: number, whole: readonly StatusDocument[]): UnreadLine {
  const reason = error instanceof Error ? error.message : String(error);
  if (whole.length > 0) return { line, text: `JSON that is not whole: ${reason}` };
  throw new ProxyStatusError(
    `is JSON that is not whole: ${reason}`,
    'Capture it again: istioctl proxy-status -o json > status.json',
    line,
    'a JSON document begins here',
  );
}

/** A line that begins a top-level key of a DiscoveryResponse as YAML. */
export const YAML_KEY = /^(controlPlane|nonce|resources|typeUrl|versionInfo):/m;

/**
 * The YAML documents of a text: istioctl prints one an istiod, with or without `---`; a top-level key that comes again
 * begins the next one. Throws {@link ProxyStatusError} with the line where one is not YAML.
 */
export function yamlDocuments(text: string, parse: (document: string) => unknown): StatusDocuments {
  return { documents: yamlParts(text).map(part => ({ value: parsePart(part, parse), line: part.line })), unread: [] };
}

interface YamlPart {
  readonly line: number;
  readonly lines: string[];
}

function yamlParts(text: string): YamlPart[] {
  const parts: YamlPart[] = [];
  let keys = new Set<string>();
  for (const [index, line] of text.split('\n').entries()) {
    const key = YAML_KEY.exec(line)?.[1];
    if (key !== undefined && (parts.length === 0 || keys.has(key))) {
      parts.push({ line: index + 1, lines: [] });
      keys = new Set();
    }
    if (key !== undefined) keys.add(key);
    if (!line.startsWith('---')) parts.at(-1)?.lines.push(line);
  }
  return parts;
}

function parsePart(part: YamlPart, parse: (document: string) => unknown): unknown {
  try {
    return parse(part.lines.join('\n'));
  } catch (error) {
    throw new ProxyStatusError(
      `is YAML that is not whole: ${yamlProblem(error)}`,
      'Capture it again: istioctl proxy-status -o yaml > status.yaml',
      part.line,
      'a YAML document begins here',
    );
  }
}
