import { createRequire } from 'node:module';
import { stripVTControlCharacters } from 'node:util';
import { isSyncResponse, proxiesOfResponse } from './client-config.js';
import { jsonDocuments, type StatusDocument, type StatusDocuments, YAML_KEY, yamlDocuments } from './documents.js';
import { ProxyStatusError } from './error.js';
import { otherText } from './other-text.js';
import { type ListedProxy, type ProxyStatus, proxyStatus, type StatusLayout, type UnreadLine } from './status.js';
import { isSyncz, proxiesOfSyncz } from './syncz.js';
import { parseTable, TABLE_HEADER } from './table.js';

/** How much of a text recognition looks at, in characters. */
const HEAD = 64 * 1024;

const STATUS_JSON = /\.ClientConfig"|"istio\.io\/debug\/syncz"/;
const SYNCZ_ITEM =
  /"proxy"\s*:\s*"[^"]*"[^{}]*"(?:proxy_version|istio_version|(?:cluster|listener|route|endpoint)_sent)"/;

/** What every header of a table holds: quick to look for in a text of many lines. */
const MAY_HEAD_TABLE = /(?:NAME|PROXY)[ \t]/;

export interface ParseOptions {
  /** Pod name of the istiod that answered, for `/debug/syncz`, which does not name itself. */
  readonly istiod?: string;
}

interface ReadDocument {
  readonly layout: StatusLayout;
  /** Null where the document is no listing. */
  readonly proxies: readonly ListedProxy[] | null;
}

/** Whether a text is a listing of proxies in any layout, by a look at its beginning. */
export function isProxyStatus(text: string): boolean {
  const head = text.slice(0, HEAD);
  if (MAY_HEAD_TABLE.test(head) && TABLE_HEADER.test(head)) return true;
  if (/^\s*[[{]/m.test(head)) return STATUS_JSON.test(head) || SYNCZ_ITEM.test(head);
  return YAML_KEY.test(head) && /ClientConfig|istio\.io\/debug\/syncz/.test(head);
}

/**
 * Reads a listing of proxies, recognised by its content: the tables of `istioctl proxy-status` of any version, its JSON
 * documents one after another, its YAML, and what istiod answers to `/debug/syncz`. Log lines before it are passed over.
 * Throws {@link ProxyStatusError} where the text is none of these.
 */
export function parseProxyStatus(text: string, options: ParseOptions = {}): ProxyStatus {
  const plain = stripVTControlCharacters(text).replace(/^\uFEFF/, '');
  if (TABLE_HEADER.test(plain)) return parseTable(plain);
  const found = jsonDocuments(plain);
  if (found.documents.length > 0) return fromDocuments('json', found, options);
  if (YAML_KEY.test(plain)) return fromDocuments('yaml', yamlDocuments(plain, parseYaml), options);
  throw otherText(plain);
}

function parseYaml(document: string): unknown {
  const yaml: typeof import('yaml') = createRequire(import.meta.url)('yaml');
  return yaml.parse(document, { schema: 'core', maxAliasCount: 1000 });
}

function fromDocuments(layout: StatusLayout, found: StatusDocuments, options: ParseOptions): ProxyStatus {
  const read = found.documents.map(document => ({ document, ...readDocument(document, layout, options) }));
  const others = read.filter(({ proxies }) => proxies === null);
  const unread = [
    ...others.map(({ document }) => ({ line: document.line, text: otherDocument(document) })),
    ...found.unread,
  ];
  const first = read.find(({ proxies }) => proxies !== null);
  if (first === undefined) throw noListing(unread);
  return proxyStatus(
    first.layout,
    read.flatMap(({ proxies }) => proxies ?? []),
    unread,
  );
}

function readDocument({ value }: StatusDocument, layout: StatusLayout, options: ParseOptions): ReadDocument {
  if (isSyncResponse(value)) return { layout, proxies: proxiesOfResponse(value) };
  if (isSyncz(value)) return { layout: 'syncz', proxies: proxiesOfSyncz(value, options.istiod ?? null) };
  return { layout, proxies: null };
}

function otherDocument({ value }: StatusDocument): string {
  if (typeof value !== 'object' || value === null) return `a document that holds only ${JSON.stringify(value)}`;
  if ('configs' in value) return 'an Envoy config dump';
  return Array.isArray(value) ? 'a list that holds no proxies' : 'a document without proxies';
}

function noListing([first]: readonly UnreadLine[]): ProxyStatusError {
  return new ProxyStatusError(
    'is no listing of proxies',
    'Give it the output of istioctl proxy-status (a table, -o json or -o yaml), or istiod’s /debug/syncz.',
    first?.line ?? 1,
    first?.text,
  );
}
