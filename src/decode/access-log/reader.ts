import { isObject } from '../json.js';
import type { LogEntry } from './entry.js';
import { type LineReader, textReader } from './format.js';
import { jsonReader } from './json-format.js';
import { JSON_FORMAT, TEXT_FORMATS } from './known-formats.js';

/** A line that was understood. */
export interface ReadLine {
  readonly entry: LogEntry;
  /** What a tool such as `kubectl logs --prefix` put before it: often the pod's name. */
  readonly prefix: string;
}

/** Reads access-log lines one by one; null for a line that is none. */
export type LogReader = (line: string) => ReadLine | null;

/** A format that cannot be used. */
export class LogFormatError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'LogFormatError';
  }
}

/**
 * A reader for the default formats of Istio and Envoy, text and JSON; or, where one is given, for that format alone: Envoy's format string, or its
 * `json_format` as a JSON mapping. Throws LogFormatError where the format says nothing.
 */
export function logReader(format: string | null): LogReader {
  if (format === null) return knownReader();
  const json = format.trimStart().startsWith('{"') ? mapping(format) : null;
  if (json !== null) return withPrefix(jsonReader(json), '{');
  const text = textReader(format);
  if (text === null) throw new LogFormatError('the format has no command operator such as %RESPONSE_CODE%');
  return withPrefix(text, /^[^%]*/.exec(format)?.[0] ?? '');
}

/** Tries the format of the line before first. */
function knownReader(): LogReader {
  const texts = Object.values(TEXT_FORMATS).flatMap(format => textReader(format) ?? []);
  const readers = [...texts.map(reader => withPrefix(reader, '[')), withPrefix(jsonReader(JSON_FORMAT), '{')];
  return line => {
    for (const [index, reader] of readers.entries()) {
      const found = reader(line);
      if (found === null) continue;
      if (index > 0) readers.unshift(...readers.splice(index, 1));
      return found;
    }
    return null;
  };
}

/** More than this before a line is no prefix. */
const MAX_PREFIX = 300;

/** A log line begins where its format begins; tools that gather logs put names and times before it, `[pod/x/istio-proxy] `. */
function withPrefix(reader: LineReader, start: string): LogReader {
  return line => {
    const whole = reader(line);
    if (whole !== null && whole.time?.includes('[') !== true) return { entry: whole, prefix: '' };
    if (start === '') return null;
    for (let at = line.indexOf(start, 1); at > 0 && at < MAX_PREFIX; at = line.indexOf(start, at + 1)) {
      const entry = reader(line.slice(at));
      if (entry !== null) return { entry, prefix: line.slice(0, at) };
    }
    return null;
  };
}

function mapping(format: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(format);
    return isObject(value) ? value : null;
  } catch (error) {
    throw new LogFormatError(
      `the JSON format cannot be read (${error instanceof Error ? error.message : String(error)})`,
    );
  }
}
