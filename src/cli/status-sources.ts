import { decode } from '../decode/decode.js';
import type { DecodedDocument } from '../decode/document.js';
import { DecodeProblem } from '../decode/problem.js';
import { ProxyStatusError } from '../decode/proxy-status/error.js';
import { isProxyStatus, parseProxyStatus } from '../decode/proxy-status/parse.js';
import { mergeProxyStatuses, type ProxyStatus } from '../decode/proxy-status/status.js';
import { toUtf8 } from '../decode/text-encoding.js';
import { snapshotOf } from '../model/snapshot.js';
import type { SourceDocument } from '../source/document.js';
import { SourceError } from '../source/source-error.js';
import type { Io } from './io.js';
import type { GlobalOptions, SourceOptions } from './options.js';
import { progressOn } from './progress.js';
import { readAhead } from './read-ahead.js';
import { saved } from './saved.js';
import type { NamedDocument } from './sources.js';

/** What `mesh-trace status` was given. */
export interface StatusSources {
  readonly status: ProxyStatus;
  /** Proxies whose configuration lies beside the listing, so that they should be in it. */
  readonly beside: readonly string[];
  readonly warnings: readonly string[];
}

/** Where `istioctl bug-report` puts what an istiod says of itself: `istio/NAMESPACE/POD/debug/syncz`. */
const ISTIOD_FOLDER = /(?:^|\/)istio\/[^/]+\/([^/]+)\/debug\/[^/]+$/;

/**
 * The listing of proxies in saved files: every document that is one, from all of them together.
 * Throws SourceError, or DecodeProblem where a file is no listing and none is found.
 */
export async function savedStatus(
  paths: readonly string[],
  options: SourceOptions & GlobalOptions,
  io: Io,
): Promise<StatusSources> {
  const looksLike = new Set<SourceDocument>();
  const sources = await saved(paths, options, io, (document, head) => {
    if (isListing(head)) looksLike.add(document);
  });
  const { documents } = sources;
  const listings = documents.length === 1 ? documents : documents.filter(({ document }) => looksLike.has(document));
  const status = await mergedListing(listings.map(({ document }) => document));
  if (status === null) throw noListing(paths);
  const others = documents.filter(document => !listings.includes(document));
  const { names, warnings } = await proxiesBeside(others, options, io);
  return { status, beside: names, warnings: [...sources.warnings, ...warnings] };
}

/** What several listings of proxies say together; null where there is none. Throws SourceError or DecodeProblem. */
export async function mergedListing(listings: readonly SourceDocument[]): Promise<ProxyStatus | null> {
  const [first, ...others] = await Promise.all(listings.map(readListing));
  return first === undefined ? null : mergeProxyStatuses(first, ...others);
}

/** How Envoy's own dumps begin. Of hundreds of files that takes a small part of what looking for a listing in each takes. */
const ENVOY_DUMP = /^\s*\{\s*"(?:configs|cluster_statuses)"/;
const BEGINNING = 64;

/** Whether a document is a listing of proxies, by its first bytes. */
export function isListing(head: Buffer): boolean {
  return !ENVOY_DUMP.test(head.toString('latin1', 0, BEGINNING)) && isProxyStatus(toUtf8(head).toString('utf8'));
}

async function readListing(document: SourceDocument): Promise<ProxyStatus> {
  const { bytes } = await document.load();
  return parseNamed(bytes, document.name, ISTIOD_FOLDER.exec(document.name)?.[1]);
}

function parseNamed(bytes: Buffer, name: string, istiod?: string): ProxyStatus {
  try {
    return parseProxyStatus(toUtf8(bytes).toString('utf8'), istiod === undefined ? {} : { istiod });
  } catch (error) {
    if (!(error instanceof ProxyStatusError)) throw error;
    const understood = error.understood === null ? '' : ` (${error.understood})`;
    throw new DecodeProblem(name, `${error.what}, at line ${error.line}${understood}`, error.hint);
  }
}

function noListing(paths: readonly string[]): DecodeProblem {
  return new DecodeProblem(
    paths.join(', '),
    'holds no listing of proxies',
    'Save one beside it (a table of older versions will do too): istioctl proxy-status -o json > proxy-status.json',
  );
}

interface Beside {
  readonly names: readonly string[];
  /** What could not be read, and what the user named himself and is no configuration. */
  readonly warnings: readonly string[];
}

/** The proxies whose configuration is there, as far as it, or its place in a bug report, tells their names. */
async function proxiesBeside(documents: readonly NamedDocument[], options: GlobalOptions, io: Io): Promise<Beside> {
  const decoded: DecodedDocument[] = [];
  const warnings: string[] = [];
  const progress = progressOn(io, options);
  let done = 0;
  try {
    for (const { document, isNamed } of readAhead(documents, options.jobs)) {
      io.signal.throwIfAborted();
      progress.show(`reading ${document.name}`, { done: done++, total: documents.length });
      const read = await decode(document).catch(problemOf);
      if (Array.isArray(read)) decoded.push(...read);
      else if (isNamed || read instanceof SourceError) warnings.push(read.message);
    }
  } finally {
    progress.end();
  }
  return {
    names: snapshotOf(decoded)
      .proxies.filter(({ isPodKnown }) => isPodKnown)
      .map(({ name }) => name),
    warnings,
  };
}

function problemOf(error: unknown): DecodeProblem | SourceError {
  if (error instanceof DecodeProblem || error instanceof SourceError) return error;
  throw error;
}

/** The options that the listing is asked with: of all namespaces where proxies are expected that may be in any. */
export function listingOptions<T extends SourceOptions & { readonly expect?: readonly string[] }>(options: T): T {
  return options.expect === undefined ? options : { ...options, namespace: undefined };
}

/**
 * The listing that istioctl gives, with {@link listingOptions}.
 * Throws IstioctlError, or DecodeProblem where its answer is no listing.
 */
export async function liveStatus(
  target: string | null,
  options: SourceOptions & GlobalOptions & { readonly expect?: readonly string[] },
  io: Io,
): Promise<StatusSources> {
  const { fetchProxyStatus } = await import('../source/istioctl/index.js');
  const { istioctlOptions } = await import('./istioctl-options.js');
  const warnings: string[] = [];
  const settings = istioctlOptions(listingOptions(options), io, warning => warnings.push(warning));
  const progress = progressOn(io, options);
  progress.show('asking istioctl for proxy-status');
  try {
    const { name, bytes } = await fetchProxyStatus(target, settings);
    return { status: parseNamed(bytes, name), beside: [], warnings };
  } finally {
    progress.end();
  }
}
