import { IstioctlError } from './error.js';
import { podName } from './names.js';
import { nearNames } from './near.js';
import { type IstioctlOptions, timeoutOf } from './options.js';
import { listProxies } from './status.js';

/** How long the listing for a better explanation may take, in milliseconds. */
const LISTING_MS = 5000;

/**
 * The error of a call about one proxy, told better with the list of all proxies where that can be had: near names
 * for a pod that is not there, and "no sidecar" for a refused connection into a pod that istiod does not know.
 */
export async function explained(error: unknown, target: string, options: IstioctlOptions): Promise<unknown> {
  if (!(error instanceof IstioctlError)) {
    return error;
  }
  const takesOther = error.kind === 'unsupported-flag' && target.includes('/');
  if (error.kind === 'pod-not-found' || takesOther) {
    return new IstioctlError({ ...fieldsOf(error), near: nearNames(target, await knownProxies(options)) });
  }
  return error.kind === 'refused' ? withoutSidecar(error, target, options) : error;
}

async function withoutSidecar(error: IstioctlError, target: string, options: IstioctlOptions) {
  const name = podName(target, options);
  const proxies = await knownProxies(options);
  if (name === null || proxies.length === 0 || proxies.includes(`${name.pod}.${name.namespace}`)) {
    return error;
  }
  return new IstioctlError({
    ...fieldsOf(error),
    kind: 'no-sidecar',
    short: `The pod ${name.pod} in namespace ${name.namespace} has no sidecar that answers, and istiod does not know it: check that it is injected.`,
  });
}

/** All proxies that istiod knows; none when that cannot be told quickly. */
async function knownProxies(options: IstioctlOptions): Promise<string[]> {
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
