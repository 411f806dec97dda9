import { PointerError, valueAt } from './json-pointer.js';
import { applyJsonPatch, applyMergePatch, PatchError, patchOperations } from './patch.js';
import { isObject } from './view.js';

/** A document as a whole, to be changed before it is decoded. */
export interface WholeDocument {
  readonly name: string;
  readonly value: unknown;
}

/** One change to try out. */
export interface Change {
  /** The document that it is for, or the end of its name; null for the only one that it fits. */
  readonly document: string | null;
  /** What it does, behind the document's name: `by JSON Patch fix.yaml`. */
  readonly label: string;
  /** Throws PatchError where it does not fit. */
  readonly apply: (value: unknown) => unknown;
}

/** Reads a patch: a list is a JSON Patch (RFC 6902), a mapping a merge patch (RFC 7386). Throws PatchError for anything else. */
export function changeOfPatch(patch: unknown, file: string, document: string | null): Change {
  if (Array.isArray(patch)) {
    const operations = patchOperations(patch);
    return { document, label: `by JSON Patch ${file}`, apply: value => applyJsonPatch(value, operations) };
  }
  if (!isObject(patch)) throw new PatchError(`${file} is no patch: neither a list of operations nor a mapping`);
  return {
    document,
    label: `by merge patch ${file}`,
    apply: value => {
      if (!isObject(value)) throw new PatchError('a merge patch changes a mapping, and the document is none');
      return applyMergePatch(value, patch);
    },
  };
}

/** Reads `[document#]/pointer=value`: JSON where the value is JSON, else a string. Throws PatchError. */
export function changeOfSetting(setting: string): Change {
  const match = /^(?:([^#]*)#)?(\/[^=]*)=(.*)$/s.exec(setting);
  if (match === null) throw new PatchError(`${setting} is not pointer=value`);
  const [, document = null, path = '', text = ''] = match;
  const value = jsonOrText(text);
  return {
    document,
    label: `${path} is ${JSON.stringify(value)}`,
    apply: whole => applyJsonPatch(whole, [{ op: stands(whole, path) ? 'replace' : 'add', path, value }]),
  };
}

export interface Changed {
  /** Only the documents that are other than before. */
  readonly documents: readonly WholeDocument[];
  /** One text a change: what is other, and where. */
  readonly notes: readonly string[];
}

/** Applies changes in order, each to the one document that it names or fits. Throws PatchError where there is none or several. */
export function applyChanges(documents: readonly WholeDocument[], changes: readonly Change[]): Changed {
  const values = new Map(documents.map(({ name, value }) => [name, value]));
  const touched = new Set<string>();
  const notes = changes.map(change => {
    const { name, value } = changedDocument(values, change);
    values.set(name, value);
    touched.add(name);
    return `${name} is changed: ${change.label}`;
  });
  return { documents: [...touched].map(name => ({ name, value: values.get(name) })), notes };
}

function changedDocument(values: ReadonlyMap<string, unknown>, change: Change): WholeDocument {
  const named = [...values].filter(([name]) => change.document === null || isNamed(name, change.document));
  if (named.length === 0) throw new PatchError(`no document is called ${change.document ?? 'anything'}`);
  const fits: WholeDocument[] = [];
  let problem: PatchError | null = null;
  for (const [name, value] of named) {
    try {
      fits.push({ name, value: change.apply(value) });
    } catch (error) {
      if (!(error instanceof PatchError)) throw error;
      const others = named.length === 1 ? '' : `it fits none of ${named.length} documents; `;
      problem ??= new PatchError(`${others}${name}: ${error.message}`);
    }
  }
  const [only] = fits;
  if (only === undefined) throw problem ?? new PatchError('it fits no document');
  if (fits.length > 1)
    throw new PatchError(`it fits several documents: ${fits.map(({ name }) => name).join(', ')}. Name one before a #`);
  return only;
}

function isNamed(name: string, wanted: string): boolean {
  return name === wanted || name.endsWith(`/${wanted}`);
}

function stands(whole: unknown, path: string): boolean {
  try {
    valueAt(whole, path);
    return true;
  } catch (error) {
    if (error instanceof PointerError) return false;
    throw error;
  }
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
