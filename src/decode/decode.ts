import { isUtf8 } from 'node:buffer';
import type { LoadedBytes, SourceDocument } from '../source/document.js';
import type { DecodedDocument } from './document.js';
import { isManifest } from './manifest.js';
import { DecodeProblem } from './problem.js';
import { findJson } from './recognise.js';
import { decodeText } from './text.js';
import { toUtf8 } from './text-encoding.js';
import { CAPTURE_AGAIN, type Unknown } from './unknown-value.js';
import { type DecodedValues, decodeValues } from './values.js';

/** How much of a document its text is recognised by, in bytes. */
const HEAD = 64 * 1024;

/**
 * Reads the configuration in a document: one DecodedDocument for each JSON value in it, and for each client of a CSDS answer.
 * What comes before a break is kept and the break is recorded.
 * Throws {@link DecodeProblem} where nothing in it is configuration, SourceError where it cannot be read.
 */
export async function decode(source: SourceDocument): Promise<DecodedDocument[]> {
  return (await decodeLoaded(source, await source.load())).documents;
}

/** What the bytes of a document hold: the documents, and the JSON that their lists stand in. Throws {@link DecodeProblem} as decode does. */
export async function decodeLoaded(
  source: SourceDocument,
  { bytes: raw, incomplete, isAscii }: LoadedBytes,
): Promise<{ readonly documents: DecodedDocument[]; readonly json: Buffer }> {
  const bytes = toUtf8(raw);
  const start = findJson(bytes);
  const values = start < 0 ? await decodeText(bytes, incomplete !== undefined) : decodeValues(bytes, start);
  if (values.contents.length === 0) {
    const { what, hint } = await nameBetter(bytes, values.unknown ?? NOTHING);
    throw new DecodeProblem(source.name, what, hint);
  }
  const notes = [
    ...values.notes,
    ...(incomplete === undefined ? [] : [incomplete]),
    ...(isAscii === true ? [] : invalidUtf8(bytes)),
  ];
  const documents = values.contents.map((content, index) =>
    documentOf(source, content, raw.length, index === 0 ? [...content.notes, ...notes] : content.notes),
  );
  return { documents, json: values.bytes };
}

const NOTHING: Unknown = { what: 'holds no configuration', hint: CAPTURE_AGAIN };

function documentOf(
  { name, folder, proxyHint, command }: SourceDocument,
  { position, scope, form, kinds, partial, lists, versions, node, broken }: DecodedValues['contents'][number],
  size: number,
  notes: readonly string[],
): DecodedDocument {
  return {
    name: position === 1 ? name : `${name}#${position}`,
    folder,
    proxyHint: proxyHint ?? scope,
    command: command ?? null,
    form,
    size,
    kinds,
    partial,
    lists,
    versions,
    node,
    broken,
    notes,
  };
}

/** What `mesh-trace status` reads is JSON or YAML that this cannot name by its keys. */
async function nameBetter(bytes: Buffer, unknown: Unknown): Promise<Unknown> {
  const head = bytes.toString('utf8', 0, HEAD);
  if (isManifest(head)) return { what: 'is the manifest of a snapshot', hint: 'Give the folder that it lies in.' };
  const { isProxyStatus } = await import('./proxy-status/parse.js');
  return isProxyStatus(head)
    ? { what: 'is the list of istioctl proxy-status', hint: 'Give it to: mesh-trace status -f FILE' }
    : unknown;
}

function invalidUtf8(bytes: Buffer): string[] {
  return isUtf8(bytes) ? [] : ['it holds bytes that are not UTF-8; each is read as �'];
}
