import { parseWhole } from '../decode/whole.js';
import { nearest } from '../findings/explanations/near.js';
import { PatchError } from '../model/patch.js';
import {
  applyChanges,
  type Change,
  changeOfPatch,
  changeOfSetting,
  DocumentNotFound,
  type WholeDocument,
} from '../model/what-if.js';
import { documentOf, type SourceDocument, traitsOf } from '../source/document.js';
import { decodeOne } from './decoded.js';
import { UsageError } from './fail.js';
import type { Io } from './io.js';
import { pickDocuments } from './pick.js';
import type { NamedDocument } from './sources.js';

/** Options of a what-if: changes to try out before tracing. */
export interface WhatIfOptions {
  patch?: string[];
  set?: string[];
}

export interface WhatIf {
  readonly documents: readonly NamedDocument[];
  /** One text a change; none where there are none. */
  readonly changes: readonly string[];
}

const HINT =
  'A patch file holds an RFC 6902 list of operations or an RFC 7386 mapping; --set takes /json/pointer=value. DOCUMENT# before either names the document.';

/**
 * Changes documents as `--patch` and `--set` say, and serialises them again, so that they are decoded like all others.
 * Throws UsageError, SourceError.
 *
 * @param proxies the names of the proxies that are asked about
 */
export async function applyWhatIf(
  documents: readonly NamedDocument[],
  options: WhatIfOptions,
  proxies: readonly string[],
  io: Io,
): Promise<WhatIf> {
  const { patch = [], set = [] } = options;
  if (patch.length === 0 && set.length === 0) return { documents, changes: [] };
  const { now } = await pickDocuments(documents, proxies);
  const asked = new Set(now.map(({ document }) => document.name));
  try {
    const changes = [...(await Promise.all(patch.map(path => readPatch(path, io)))), ...set.map(changeOfSetting)];
    const changed = applyChanges(await wholeDocuments(documents), changes, asked);
    const byName = new Map(changed.documents.map(({ name, value }) => [name, value]));
    const tried = documents.map(item => {
      const { document } = item;
      return byName.has(document.name) ? { ...item, document: serialised(document, byName.get(document.name)) } : item;
    });
    for (const { document } of tried) if (byName.has(document.name)) await checkHolds(document);
    return { documents: tried, changes: changed.notes };
  } catch (error) {
    if (error instanceof DocumentNotFound) throw unknownDocument(error, asked);
    if (error instanceof PatchError) throw new UsageError(`the change cannot be tried: ${error.message}`, HINT);
    throw error;
  }
}

/** Throws PatchError where nothing of a document is left that a proxy could be made of. */
async function checkHolds(document: SourceDocument): Promise<void> {
  const { documents } = await decodeOne({ document, isNamed: true });
  if (documents.every(({ kinds }) => kinds.size === 0))
    throw new PatchError(`it leaves no configuration in ${document.name}`);
}

function unknownDocument({ message, wanted, known }: DocumentNotFound, asked: ReadonlySet<string>): UsageError {
  const names = nearestFirst(wanted, known, asked);
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : '';
  const shown = names.slice(0, MOST_NAMES).join(', ');
  return new UsageError(
    `the change cannot be tried: ${message}`,
    `There are: ${shown}${more}. The end of a name is enough.`,
  );
}

const MOST_NAMES = 5;

/** Names like the one that is wanted, by as many of their last parts as it has; then those that are asked about. */
function nearestFirst(wanted: string, known: readonly string[], asked: ReadonlySet<string>): string[] {
  const parts = wanted.split('/').length;
  const near = nearest(wanted, [...new Set(known.map(name => lastParts(name, parts)))]);
  const alike = near.flatMap(end => known.filter(name => lastParts(name, parts) === end));
  return [...new Set([...alike, ...known.filter(name => asked.has(name)), ...known])];
}

function lastParts(name: string, count: number): string {
  return name.split('/').slice(-count).join('/');
}

async function readPatch(option: string, io: Io): Promise<Change> {
  const cut = option.lastIndexOf('#');
  const path = option.slice(cut + 1);
  const { readText } = await import('../source/text.js');
  const patch = await parseWhole(Buffer.from(await readText(path, io.stdin)));
  return changeOfPatch(patch, path.split('/').at(-1) ?? path, cut < 0 ? null : option.slice(0, cut));
}

/** What cannot be parsed as one value cannot be changed, and is left out. */
async function wholeDocuments(documents: readonly { readonly document: SourceDocument }[]): Promise<WholeDocument[]> {
  const whole: WholeDocument[] = [];
  for (const { document } of documents) {
    const value = await parseWhole((await document.load()).bytes);
    if (value !== undefined) whole.push({ name: document.name, value });
  }
  return whole;
}

function serialised(document: SourceDocument, value: unknown): SourceDocument {
  return documentOf(document.name, Buffer.from(JSON.stringify(value)), traitsOf(document));
}
