import type { IstioctlOptions } from '../source/istioctl/index.js';
import type { Io } from './io.js';
import type { SourceOptions } from './options.js';

/** The command line's options in the wrapper's form. */
export function istioctlOptions(options: SourceOptions, io: Io, warn: (text: string) => void): IstioctlOptions {
  const { istioctl, context, kubeconfig, namespace, istioNamespace, revision, proxyAdminPort, as, asGroup } = options;
  const given = { istioctl, context, kubeconfig, namespace, istioNamespace, revision, proxyAdminPort, as, asGroup };
  return {
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
    timeoutMs: (options.timeout ?? 30) * 1000,
    env: io.env,
    signal: io.signal,
    onWarning: error => warn(error.message),
  };
}
