import { decode } from '../decode/decode.js';
import type { DecodedDocument } from '../decode/document.js';
import { DecodeProblem } from '../decode/problem.js';
import { ProxyStatusError } from '../decode/proxy-status/error.js';
import { isProxyStatus, parseProxyStatus } from '../decode/proxy-status/parse.js';
import { mergeProxyStatuses, type ProxyStatus } from '../decode/proxy-status/status.js';
import { toUtf8 } from '../decode/text-encoding.js';
import type { ProxyConfig } from '../model/proxy.js';
import { snapshotOf } from '../model/snapshot.js';
import type { SourceDocument } from '../source/document.js';
import type { Io } from './io.js';
import type { GlobalOptions, SourceOptions } from './options.js';
import { progressOn } from './progress.js';
import { saved } from './saved.js';

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
  const documents = sources.documents.map(({ document }) => document);
  const listings = documents.length === 1 ? documents : documents.filter(document => looksLike.has(document));
  const status = await mergedListing(listings);
  if (status === null) throw noListing(paths);
  const { names, unread } = await proxiesBeside(documents.filter(document => !listings.includes(document)));
  const warnings = [
    ...sources.warnings,
    ...unread.filter(({ document }) => paths.includes(document)).map(({ message }) => message),
  ];
  return { status, beside: names, warnings };
}

/** What several listings of proxies say together; null where there is none. Throws SourceError or DecodeProblem. */
export async function mergedListing(listings: readonly SourceDocument[]): Promise<ProxyStatus | null> {
  const [first, ...others] = await Promise.all(listings.map(readListing));
  return first === undefined ? null : mergeProxyStatuses(first, ...others);
}

/** Whether a document is a listing of proxies, by its first bytes. */
export function isListing(head: Buffer): boolean {
  return isProxyStatus(toUtf8(head).toString('utf8'));
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
    'Save one beside it: istioctl proxy-status -o json > proxy-status.json (a table of older versions will do too).',
  );
}

interface Beside {
  readonly names: readonly string[];
  /** Documents that hold no configuration. */
  readonly unread: readonly DecodeProblem[];
}

/** The proxies whose configuration is there, as far as it, or its place in a bug report, tells their names. */
async function proxiesBeside(documents: readonly SourceDocument[]): Promise<Beside> {
  const decoded: DecodedDocument[] = [];
  const unread: DecodeProblem[] = [];
  for (const document of documents) {
    try {
      decoded.push(...(await decode(document)));
    } catch (error) {
      if (!(error instanceof DecodeProblem)) throw error;
      unread.push(error);
    }
  }
  return {
    names: snapshotOf(decoded)
      .proxies.filter(isNamed)
      .map(({ name }) => name),
    unread,
  };
}

function isNamed({ name, node, documents }: ProxyConfig): boolean {
  return (node?.pod ?? null) !== null || documents.some(({ proxyHint }) => proxyHint === name);
}

/**
 * The listing that istioctl gives, of all namespaces where proxies are expected that may be in any.
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
  const limited = options.expect === undefined ? options : { ...options, namespace: undefined };
  const settings = istioctlOptions(limited, io, warning => warnings.push(warning));
  const progress = progressOn(io, options);
  progress.show('asking istioctl for proxy-status');
  try {
    const { name, bytes } = await fetchProxyStatus(target, settings);
    return { status: parseNamed(bytes, name), beside: [], warnings };
  } finally {
    progress.end();
  }
}
