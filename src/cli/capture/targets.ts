import type { AskedCapture } from '../../decode/manifest.js';
import {
  type FetchedDocument,
  fetchProxyStatus,
  type IstioctlOptions,
  proxyNames,
} from '../../source/istioctl/index.js';
import { UsageError } from '../fail.js';

/** What is to be captured. */
export interface CaptureTargets {
  /** As istioctl is asked for them: `pod.namespace`, or a workload. */
  readonly targets: readonly string[];
  /** The listing of proxies; null where it cannot be had. */
  readonly status: FetchedDocument | null;
  readonly warnings: readonly string[];
}

/** Throws UsageError where a command line names nothing, or contradicts itself. */
export function checkAsked({ proxies, namespace, allNamespaces }: AskedCapture): void {
  if (proxies.length === 0 && namespace === null && !allNamespaces)
    throw new UsageError(
      'nothing says whose configuration to capture',
      'Name pods (pod.namespace), a namespace with -n, or all with -A.',
    );
  if (allNamespaces && (proxies.length > 0 || namespace !== null))
    throw new UsageError('-A captures all proxies, and others are named beside it', 'Leave one of them out.');
}

/**
 * Asks istiod for its proxies: all, those of a namespace, or for the status of those that are named, which are captured without
 * one where that fails. Throws IstioctlError, UsageError where there are none.
 */
export async function targetsOf(asked: AskedCapture, options: IstioctlOptions): Promise<CaptureTargets> {
  if (asked.proxies.length > 0) return withStatus(namedTargets(asked), options);
  const status = await fetchProxyStatus(null, options);
  const names = proxyNames(status.bytes).filter(
    name => asked.namespace === null || name.endsWith(`.${asked.namespace}`),
  );
  if (names.length > 0) return { targets: names, status, warnings: [] };
  const where = asked.namespace === null ? '' : ` in namespace ${asked.namespace}`;
  throw new UsageError(`istiod lists no proxy${where}`, 'See mesh-trace status, or name the pods themselves.');
}

/** The proxies that are named, each with its namespace, where one is given. */
export function namedTargets({ proxies, namespace }: AskedCapture): string[] {
  return proxies.map(name => (namespace === null || name.includes('.') ? name : `${name}.${namespace}`));
}

async function withStatus(targets: readonly string[], options: IstioctlOptions): Promise<CaptureTargets> {
  try {
    return { targets, status: await fetchProxyStatus(null, { ...options, namespace: undefined }), warnings: [] };
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'IstioctlError') throw error;
    return { targets, status: null, warnings: [`proxy-status is not captured: ${error.message}`] };
  }
}
