import { parseWhole } from '../decode/whole.js';
import { PatchError } from '../model/patch.js';
import { applyChanges, type Change, changeOfPatch, changeOfSetting, type WholeDocument } from '../model/what-if.js';
import { documentOf, type SourceDocument, traitsOf } from '../source/document.js';
import { UsageError } from './fail.js';
import type { Io } from './io.js';

/** Options of a what-if: changes to try out before tracing. */
export interface WhatIfOptions {
  patch?: string[];
  set?: string[];
}

export interface WhatIf<T> {
  readonly documents: readonly T[];
  /** One text a change; none where there are none. */
  readonly changes: readonly string[];
}

const HINT =
  'A patch file holds an RFC 6902 list of operations or an RFC 7386 mapping; --set takes /json/pointer=value. DOCUMENT# before either names the document.';

/** Changes documents as `--patch` and `--set` say, and serialises them again, so that they are decoded like all others. Throws UsageError, SourceError. */
export async function applyWhatIf<T extends { readonly document: SourceDocument }>(
  documents: readonly T[],
  options: WhatIfOptions,
  io: Io,
): Promise<WhatIf<T>> {
  const { patch = [], set = [] } = options;
  if (patch.length === 0 && set.length === 0) return { documents, changes: [] };
  try {
    const changes = [...(await Promise.all(patch.map(path => readPatch(path, io)))), ...set.map(changeOfSetting)];
    const changed = applyChanges(await wholeDocuments(documents), changes);
    const byName = new Map(changed.documents.map(({ name, value }) => [name, value]));
    return {
      documents: documents.map(item => {
        const { document } = item;
        return byName.has(document.name)
          ? { ...item, document: serialised(document, byName.get(document.name)) }
          : item;
      }),
      changes: changed.notes,
    };
  } catch (error) {
    if (error instanceof PatchError) throw new UsageError(`the change cannot be tried: ${error.message}`, HINT);
    throw error;
  }
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
