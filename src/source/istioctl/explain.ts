import { IstioctlError } from './error.js';
import { type PodName, podName } from './names.js';
import { nearNames } from './near.js';
import { executableOf, type IstioctlOptions, timeoutOf } from './options.js';
import { listProxies } from './status.js';

/** How long the listing for a better explanation may take, in milliseconds. */
const LISTING_MS = 5000;

/** How an istioctl that takes pods only refuses `deploy/x`. */
const NO_WORKLOADS = /may not contain '\/'/;

/** The listings that were asked for, by environment and by whom they ask. */
const listings = new WeakMap<NodeJS.ProcessEnv, Map<string, Promise<string[]>>>();

/**
 * The error of a call about one proxy, told better with the list of all proxies where that can be had: near names
 * for a pod that is not there, and "no sidecar" for a refused connection into a pod that istiod does not know.
 */
export async function explained(error: unknown, target: string, options: IstioctlOptions): Promise<unknown> {
  if (!(error instanceof IstioctlError)) {
    return error;
  }
  const takesPodsOnly = error.kind === 'unsupported-flag' && NO_WORKLOADS.test(error.said);
  if (error.kind === 'pod-not-found' || takesPodsOnly) {
    return missingPod(error, target, options);
  }
  return error.kind === 'refused' ? withoutSidecar(error, target, options) : error;
}

async function missingPod(error: IstioctlError, target: string, options: IstioctlOptions) {
  const name = podName(target, options);
  const proxies = await knownProxies(options);
  if (name === null || !isKnown(name, proxies)) {
    return new IstioctlError({ ...fieldsOf(error), near: nearNames(target, proxies) });
  }
  return new IstioctlError({
    ...fieldsOf(error),
    short: `There is no pod ${name.pod} in namespace ${name.namespace}, though istiod lists it: it has just ended, or runs in another cluster (mesh-trace status tells which), which --context picks.`,
  });
}

async function withoutSidecar(error: IstioctlError, target: string, options: IstioctlOptions) {
  const name = podName(target, options);
  const proxies = await knownProxies(options);
  if (name === null || proxies.length === 0 || isKnown(name, proxies)) {
    return error;
  }
  const isAmbient = proxies.some(proxy => proxy.startsWith('ztunnel'));
  const ambient = isAmbient ? ' In ambient mode a pod has none: name its waypoint.' : '';
  return new IstioctlError({
    ...fieldsOf(error),
    kind: 'no-sidecar',
    short: `The pod ${name.pod} in namespace ${name.namespace} has no sidecar that answers, and istiod does not know it: check that it is injected.${ambient}`,
  });
}

function isKnown({ pod, namespace }: PodName, proxies: readonly string[]): boolean {
  return proxies.includes(`${pod}.${namespace}`);
}

/** All proxies that istiod knows, asked for once, however many pods fail; none when that cannot be told quickly. */
function knownProxies(options: IstioctlOptions): Promise<string[]> {
  const { context, kubeconfig, istioNamespace, revision, as, asGroup } = options;
  const key = JSON.stringify([executableOf(options), context, kubeconfig, istioNamespace, revision, as, asGroup]);
  const known = listings.get(options.env) ?? new Map<string, Promise<string[]>>();
  listings.set(options.env, known);
  const listing = known.get(key) ?? askProxies(options);
  known.set(key, listing);
  listing.catch(() => known.delete(key));
  return listing;
}

async function askProxies(options: IstioctlOptions): Promise<string[]> {
  const quiet = { ...options, namespace: undefined, onProgress: undefined };
  try {
    return await listProxies({ ...quiet, timeoutMs: Math.min(LISTING_MS, timeoutOf(options)) });
  } catch (error) {
    if (error instanceof IstioctlError) {
      return [];
    }
    throw error;
  }
}

function fieldsOf({ kind, short, command, said }: IstioctlError) {
  return { kind, short, command, said };
}
