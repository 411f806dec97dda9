import { isObject, jsonOf } from '../decode/json.js';
import { depthOf, PointerError, valueAt } from './json-pointer.js';
import { applyJsonPatch, applyMergePatch, PatchError, patchOperations } from './patch.js';

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
  /** The JSON pointers of what it changes; none where it says nothing of places. */
  readonly paths: readonly string[];
  /** Throws PatchError where it does not fit. */
  readonly apply: (value: unknown) => unknown;
}

/** Reads a patch: a list is a JSON Patch (RFC 6902), a mapping a merge patch (RFC 7386). Throws PatchError for anything else. */
export function changeOfPatch(patch: unknown, file: string, document: string | null): Change {
  if (Array.isArray(patch)) {
    const operations = patchOperations(patch);
    const paths = operations.map(({ path }) => path);
    return { document, label: `by JSON Patch ${file}`, paths, apply: value => applyJsonPatch(value, operations) };
  }
  if (!isObject(patch)) throw new PatchError(`${file} is no patch: neither a list of operations nor a mapping`);
  return {
    document,
    label: `by merge patch ${file}`,
    paths: [],
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
    paths: [path],
    apply: whole => applyJsonPatch(whole, [{ op: stands(whole, path) ? 'replace' : 'add', path, value }]),
  };
}

export interface Changed {
  /** Only the documents that are other than before. */
  readonly documents: readonly WholeDocument[];
  /** One text a change: what is other, and where. */
  readonly notes: readonly string[];
}

/** No document has the name that a change gives. */
export class DocumentNotFound extends PatchError {
  constructor(
    readonly wanted: string,
    /** The names of the documents that there are. */
    readonly known: readonly string[],
  ) {
    super(`no document is called ${wanted}`);
    this.name = 'DocumentNotFound';
  }
}

/**
 * Applies changes in order, each to the one document that it names or fits. Throws PatchError where there is none or several: of several
 * problems that of a document which was asked for, then of the one which has most of the places.
 *
 * @param asked names of the documents of the proxies that are asked about
 */
export function applyChanges(
  documents: readonly WholeDocument[],
  changes: readonly Change[],
  asked: ReadonlySet<string> = new Set(),
): Changed {
  const values = new Map(documents.map(({ name, value }) => [name, value]));
  const touched = new Set<string>();
  const notes = changes.map(change => {
    const { name, value } = changedDocument(values, change, asked);
    values.set(name, value);
    touched.add(name);
    return `${name} is changed: ${change.label}`;
  });
  return { documents: [...touched].map(name => ({ name, value: values.get(name) })), notes };
}

function changedDocument(
  values: ReadonlyMap<string, unknown>,
  change: Change,
  asked: ReadonlySet<string>,
): WholeDocument {
  const named = documentsCalled(values, change.document);
  const fits: WholeDocument[] = [];
  let nearest: { readonly name: string; readonly message: string; readonly likeness: number } | null = null;
  for (const [name, value] of named) {
    try {
      fits.push({ name, value: change.apply(value) });
    } catch (error) {
      if (!(error instanceof PatchError)) throw error;
      const likeness = likenessOf(value, change) + (asked.has(name) ? ASKED : 0);
      if (nearest === null || likeness > nearest.likeness) nearest = { name, message: error.message, likeness };
    }
  }
  const [only] = fits;
  if (only === undefined) {
    const others = named.length === 1 ? '' : `it fits none of ${named.length} documents; `;
    throw new PatchError(nearest === null ? 'it fits no document' : `${others}${nearest.name}: ${nearest.message}`);
  }
  if (fits.length > 1)
    throw new PatchError(`it fits several documents: ${fits.map(({ name }) => name).join(', ')}. Name one before a #`);
  return only;
}

/** More than any pointers are long. */
const ASKED = 1e9;

/** How many segments of the change's pointers lead somewhere; of two alike a dump goes before what stands beside it. */
function likenessOf(value: unknown, { paths }: Change): number {
  const isDump = isObject(value) && Object.hasOwn(value, 'configs');
  return paths.reduce((sum, path) => sum + depthOf(value, path), isDump ? 0.5 : 0);
}

/** All where none is named. Who names a file need not say that it is packed, unless there are both. */
function documentsCalled(values: ReadonlyMap<string, unknown>, wanted: string | null): [string, unknown][] {
  const all = [...values];
  if (wanted === null) return all;
  const exact = all.filter(([name]) => isNamed(name, wanted));
  const found = exact.length > 0 ? exact : all.filter(([name]) => isNamed(unpacked(name), unpacked(wanted)));
  if (found.length === 0) {
    const known = all.map(([name]) => name);
    throw new DocumentNotFound(wanted, known);
  }
  return found;
}

function isNamed(name: string, wanted: string): boolean {
  return name === wanted || name.endsWith(`/${wanted}`);
}

function unpacked(name: string): string {
  return name.replace(/\.gz$/, '');
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
  const value = jsonOf(text);
  return value === undefined ? text : value;
}
