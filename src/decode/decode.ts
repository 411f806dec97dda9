import type { SourceDocument } from '../source/document.js';
import type { Break, DecodedDocument, DocumentForm } from './document.js';
import { scanEntry, scanGroup } from './entries.js';
import type { Entry } from './entry.js';
import { bareGroup, type ResourceKind } from './layout.js';
import { DecodeProblem } from './problem.js';
import { findJson, recogniseKeys, recogniseList } from './recognise.js';
import { isArrayAt, ScanError, skipSpace, skipValue } from './scan.js';
import { collectSections, type Sections } from './sections.js';
import { toUtf8 } from './text-encoding.js';
import { isBinary, recogniseText } from './text-forms.js';
import { looksLikeYaml, yamlToJson } from './yaml.js';

const RECAPTURE = 'Capture it again: istioctl proxy-config all POD.NAMESPACE -o json > dump.json';

/** Text longer than this is not tried as YAML. */
const MAX_YAML = 256 * 1024 * 1024;

/**
 * Reads the configuration in a document: one DecodedDocument for each JSON value in it, and for each client of a CSDS answer.
 * What comes before a break is kept and the break is recorded.
 * Throws {@link DecodeProblem} where nothing in it is configuration, SourceError where it cannot be read.
 */
export async function decode(source: SourceDocument): Promise<DecodedDocument[]> {
  const loaded = await source.load();
  const bytes = toUtf8(loaded.bytes);
  const start = findJson(bytes);
  const documents = start >= 0 ? decodeJson(source, bytes, start) : await decodeText(source, bytes);
  return loaded.incomplete === undefined
    ? documents
    : documents.map(document => markCut(document, loaded.incomplete ?? ''));
}

/** All JSON values of a file, one after another; what lies between log lines and the first of them is noted. */
function decodeJson(source: SourceDocument, bytes: Buffer, start: number): DecodedDocument[] {
  const documents: DecodedDocument[] = [];
  const problems: DecodeProblem[] = [];
  const notes: string[] =
    bytes.subarray(0, start).toString('latin1').trim() === ''
      ? []
      : [`${start} bytes before the JSON were passed over`];
  let at = start;
  for (let count = 1; at < bytes.length; count++) {
    const name = count === 1 ? source.name : `${source.name}#${count}`;
    const value = decodeValue(source, name, bytes, at);
    if (value.problem === null) documents.push(...value.documents);
    else problems.push(value.problem);
    const next = skipSpace(bytes, value.end);
    at = findJsonAt(bytes, next);
    if (at < 0 && next < bytes.length) notes.push(`${bytes.length - next} bytes after the JSON were passed over`);
    if (at < 0) break;
  }
  const problem = problems[0];
  if (documents.length === 0 && problem !== undefined) throw problem;
  return documents.map(document => ({
    ...document,
    notes: [...document.notes, ...notes, ...problems.map(other => other.message)],
  }));
}

function findJsonAt(bytes: Buffer, from: number): number {
  const at = findJson(bytes.subarray(from));
  return at < 0 ? -1 : from + at;
}

interface DecodedValue {
  documents: DecodedDocument[];
  problem: DecodeProblem | null;
  end: number;
}

function decodeValue(source: SourceDocument, name: string, bytes: Buffer, at: number): DecodedValue {
  const list = isArrayAt(bytes, at) ? tryRecogniseList(bytes, at) : null;
  if (list !== null) {
    const sections = readList(bytes, at, list.kind);
    return { documents: [document(source, name, list.form, sections, bytes.length)], problem: null, end: sections.end };
  }
  const sections = collectSections(bytes, at);
  if (sections.kinds.size > 0) {
    const documents = splitClients(sections).map(part => document(source, name, formOf(part), part, bytes.length));
    return { documents, problem: null, end: sections.end };
  }
  return loneResource(source, name, bytes, at, sections);
}

/** A lone message, as jq cuts it out of a list: a listener with its states, or a resource itself. */
function loneResource(
  source: SourceDocument,
  name: string,
  bytes: Buffer,
  at: number,
  sections: Sections,
): DecodedValue {
  const hasStates = sections.rootKeys.some(key => /^(active|warming|draining|error)_?[sS]tate$/.test(key));
  const lone = hasStates ? ({ form: 'config_dump', kind: 'listener' } as const) : recogniseKeys(sections.rootKeys);
  if (lone === null) return { documents: [], problem: unknownJson(name, bytes, at, sections), end: sections.end };
  const entries: Entry[] = [];
  const group = { ...bareGroup(lone.kind), bare: !hasStates };
  if (sections.broken === null) scanEntry(bytes, at, '', group, entry => entries.push(entry));
  const found = { ...sections, entries, kinds: new Set([lone.kind]) };
  return { documents: [document(source, name, lone.form, found, bytes.length)], problem: null, end: sections.end };
}

function tryRecogniseList(bytes: Buffer, at: number): { form: DocumentForm; kind: ResourceKind } | null {
  try {
    return recogniseList(bytes, at);
  } catch (error) {
    if (!(error instanceof ScanError)) throw error;
    return null;
  }
}

function readList(bytes: Buffer, at: number, kind: ResourceKind): Sections {
  const entries: Entry[] = [];
  let end = bytes.length;
  let broken: Break | null = null;
  try {
    end = scanGroup(bytes, at, '', bareGroup(kind), entry => entries.push(entry));
  } catch (error) {
    if (!(error instanceof ScanError)) throw error;
    broken = { offset: error.offset, message: error.message, kind };
  }
  return { entries, kinds: new Set([kind]), versions: new Map(), end, broken, rootKeys: [] };
}

/** The clients of a CSDS answer and the proxies of Envoy Gateway's `xds` map are proxies of their own. */
function splitClients(sections: Sections): Sections[] {
  const scopes = new Map<string, Entry[]>();
  for (const entry of sections.entries) {
    const scope = /^\/(?:config|xds)\/[^/]+/.exec(entry.pointer)?.[0] ?? '';
    const entries = scopes.get(scope) ?? [];
    entries.push(entry);
    scopes.set(scope, entries);
  }
  if (scopes.size < 2) return [sections];
  return [...scopes.values()].map(entries => ({ ...sections, entries }));
}

function formOf(sections: Sections): DocumentForm {
  const first = sections.entries[0];
  if (first?.pointer.startsWith('/config/') === true) return 'csds';
  if (sections.kinds.has('cluster-status')) return 'clusters';
  if (sections.kinds.has('listener-status')) return 'listeners';
  if (sections.kinds.has('workload')) return 'ztunnel';
  if (sections.kinds.size === 1 && sections.rootKeys.includes('bootstrap')) return 'istioctl-bootstrap';
  const isSecretList =
    sections.kinds.size === 1 && sections.kinds.has('secret') && !sections.rootKeys.includes('configs');
  return isSecretList ? 'istioctl-secrets' : 'config_dump';
}

function document(
  source: SourceDocument,
  name: string,
  form: DocumentForm,
  sections: Sections,
  size: number,
): DecodedDocument {
  return {
    name,
    folder: source.folder,
    proxyHint: source.proxyHint ?? null,
    command: source.command ?? null,
    form,
    size,
    kinds: sections.kinds,
    entries: sections.entries,
    versions: sections.versions,
    broken: sections.broken,
    notes: [],
  };
}

function markCut(document: DecodedDocument, reason: string): DecodedDocument {
  return { ...document, broken: document.broken ?? { offset: document.size, message: reason, kind: null } };
}

/** JSON without a section that is known: says what it is instead. */
function unknownJson(name: string, bytes: Buffer, at: number, sections: Sections): DecodeProblem {
  if (sections.broken !== null) {
    const { offset, message } = sections.broken;
    return new DecodeProblem(name, `breaks off at byte ${offset} (${message}) before any section of a dump`, RECAPTURE);
  }
  if (sections.rootKeys.includes('configs'))
    return new DecodeProblem(name, 'is a config dump without any section', RECAPTURE);
  if (isArrayAt(bytes, at)) {
    const isEmpty = skipValue(bytes, at) <= skipSpace(bytes, at + 1) + 1;
    return isEmpty
      ? new DecodeProblem(name, 'is an empty list', 'The istioctl command matched nothing; run it without filters.')
      : new DecodeProblem(name, 'is a JSON list of something that is not Envoy configuration', RECAPTURE);
  }
  const keys = sections.rootKeys.slice(0, 4).map(key => `“${key.slice(0, 40)}”`);
  const what =
    keys.length === 0
      ? 'is an empty JSON object'
      : `is JSON, but not Envoy configuration (its keys: ${keys.join(', ')})`;
  return new DecodeProblem(name, what, RECAPTURE);
}

async function decodeText(source: SourceDocument, bytes: Buffer): Promise<DecodedDocument[]> {
  const { name } = source;
  if (isBinary(bytes)) throw new DecodeProblem(name, 'is a binary file, not a dump', RECAPTURE);
  const head = bytes.toString('utf8', 0, 64 * 1024);
  const form = recogniseText(head);
  if (form !== null) throw new DecodeProblem(name, form.what, form.hint);
  if (isScalar(head)) throw new DecodeProblem(name, 'is a single JSON value, not a dump', RECAPTURE);
  if (!looksLikeYaml(head) || bytes.length > MAX_YAML)
    throw new DecodeProblem(name, 'is text, but no form of Envoy configuration that is known', RECAPTURE);
  let json: Buffer;
  try {
    json = await yamlToJson(bytes.toString('utf8'));
  } catch (error) {
    throw new DecodeProblem(name, `looks like YAML but cannot be read (${firstLine(error)})`, RECAPTURE);
  }
  return decodeJson(source, json, 0);
}

function isScalar(text: string): boolean {
  return /^\s*(null|true|false|-?[\d.]+([eE][+-]?\d+)?|"[^\n]*")\s*$/.test(text);
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0]?.slice(0, 160) ?? '';
}
