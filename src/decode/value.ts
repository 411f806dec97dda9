import type { DecodedDocument, DocumentForm } from './document.js';
import { scanEntry, scanGroup } from './entries.js';
import type { Entry } from './entry.js';
import { type EntryList, ReadEntries } from './entry-list.js';
import { isFiltered } from './filtered-list.js';
import type { ResourceKind } from './layout.js';
import { type Recognised, recogniseKeys, recogniseList } from './recognise.js';
import { isArrayAt, ScanError } from './scan.js';
import { collectSections, type Part, type Sections } from './sections.js';
import { CAPTURE_AGAIN, type Unknown, unknownValue } from './unknown-value.js';

/** One proxy's part of a JSON value. */
export interface Content
  extends Pick<DecodedDocument, 'form' | 'kinds' | 'partial' | 'lists' | 'versions' | 'node' | 'broken' | 'notes'> {
  /** What names the proxy among several in one value: a CSDS client's place, or Envoy Gateway's own name; null otherwise. */
  readonly scope: string | null;
}

/** A JSON value of a document, read, and the byte after it. */
export interface DecodedValue {
  readonly contents: readonly Content[];
  /** Why it holds no configuration; null where it does. */
  readonly unknown: Unknown | null;
  readonly end: number;
}

/** Reads the JSON object or list that begins at byte `at`, whatever form of configuration it is. */
export function decodeValue(bytes: Buffer, at: number): DecodedValue {
  const list = isArrayAt(bytes, at) ? listAt(bytes, at) : null;
  if (list !== null) return decodeList(bytes, at, list);
  const sections = collectSections(bytes, at);
  const scopes = splitScopes(sections.parts);
  if (scopes.length > 0) {
    const contents = scopes.map(([scope, parts], i) => {
      const isLast = i === scopes.length - 1;
      return contentOf(scope, parts, isLast ? sections : { ...sections, broken: null }, scopes.length > 1);
    });
    return { contents, unknown: null, end: sections.end };
  }
  const lone = sections.broken === null ? recogniseKeys(sections.rootKeys) : null;
  if (lone !== null) return { ...decodeLone(bytes, at, lone), end: sections.end };
  return { contents: [], unknown: unknownValue(bytes, at, sections), end: sections.end };
}

function listAt(bytes: Buffer, at: number): Recognised | null {
  try {
    return recogniseList(bytes, at);
  } catch (error) {
    if (error instanceof ScanError) return null;
    throw error;
  }
}

/** What istioctl prints, or a list of entries cut out of a dump, which may lack the static ones. */
function decodeList(bytes: Buffer, at: number, { form, group }: Recognised): DecodedValue {
  const lists: EntryList[] = [];
  const common = { ...NOTHING_ELSE, form, kinds: new Set([group.kind]), lists };
  try {
    const end = scanGroup(bytes, at, '', group, list => lists.push(list));
    const isWhole = form !== 'config_dump' && !lists.some(list => isFiltered(form, list));
    const partial = isWhole ? new Set<ResourceKind>() : common.kinds;
    return { contents: [{ ...common, partial, broken: null }], unknown: null, end };
  } catch (error) {
    if (!(error instanceof ScanError)) throw error;
    const broken = { offset: error.offset, message: error.message, kind: group.kind };
    return { contents: [{ ...common, partial: new Set(), broken }], unknown: null, end: bytes.length };
  }
}

/** A single message, as jq cuts it out of a list. */
function decodeLone(bytes: Buffer, at: number, { form, group }: Recognised): Omit<DecodedValue, 'end'> {
  const entries: Entry[] = [];
  scanEntry(bytes, at, '', group, entry => entries.push(entry));
  const problem = entries.map(problemOf).find(text => text !== null) ?? null;
  if (problem !== null) return { contents: [], unknown: { what: `is not JSON (${problem})`, hint: CAPTURE_AGAIN } };
  const kinds = new Set([group.kind]);
  const lists = [new ReadEntries(group.kind, group.isStatic, '', entries)];
  return { contents: [{ ...NOTHING_ELSE, form, kinds, partial: kinds, lists, broken: null }], unknown: null };
}

function problemOf(entry: Entry): string | null {
  try {
    void entry.message;
    return null;
  } catch (error) {
    if (error instanceof ScanError) return error.message;
    throw error;
  }
}

const NOTHING_ELSE = { scope: null, versions: new Map<ResourceKind, string>(), node: null, notes: [] };

const SCOPE = /^\/(?:config\/\d+|xds\/[^/]+)/;

/** The parts of each proxy, by scope: the clients of a CSDS answer and the proxies of Envoy Gateway's `xds` stand for themselves. */
function splitScopes(parts: readonly Part[]): [scope: string, parts: Part[]][] {
  const scopes = new Map<string, Part[]>();
  for (const part of parts) {
    const scope = SCOPE.exec(part.pointer)?.[0] ?? '';
    const same = scopes.get(scope);
    if (same === undefined) scopes.set(scope, [part]);
    else same.push(part);
  }
  return [...scopes].filter(([, own]) => own.some(({ section }) => section !== undefined));
}

function contentOf(scope: string, parts: readonly Part[], sections: Sections, isOneOfMany: boolean): Content {
  const { broken, notes, rootKeys } = sections;
  const found = parts.flatMap(({ section }) => section ?? []);
  const kinds = new Set(found.map(({ kind }) => kind));
  const whole = new Set(found.filter(({ isWhole }) => isWhole).map(({ kind }) => kind));
  const isNamed = scope !== '' && (isOneOfMany || scope.startsWith('/xds/'));
  return {
    scope: isNamed ? nameOfScope(scope) : null,
    form: scope.startsWith('/config/') ? 'csds' : formOf(kinds, rootKeys),
    kinds,
    partial: new Set([...kinds].filter(kind => !whole.has(kind))),
    lists: parts.flatMap(({ list }) => list ?? []),
    versions: new Map(found.flatMap(({ kind, version }) => (version === undefined ? [] : [[kind, version] as const]))),
    node: parts.find(({ node }) => node !== undefined)?.node ?? null,
    broken,
    notes,
  };
}

/** Envoy Gateway's name of a proxy, or `config/1` for a client that has none. */
function nameOfScope(scope: string): string {
  const name = scope.replace(/^\/(xds\/)?/, '');
  return name.replaceAll('~1', '/').replaceAll('~0', '~');
}

function formOf(kinds: ReadonlySet<ResourceKind>, rootKeys: readonly string[]): DocumentForm {
  if (kinds.has('workload')) return 'ztunnel';
  const [only] = kinds.size === 1 ? kinds : [];
  if (only === 'cluster-status') return 'clusters';
  if (only === 'listener-status') return 'listeners';
  if (only === 'bootstrap' && rootKeys.includes('bootstrap')) return 'istioctl-bootstrap';
  return only === 'secret' && !rootKeys.includes('configs') && !rootKeys.includes('@type')
    ? 'istioctl-secrets'
    : 'config_dump';
}
