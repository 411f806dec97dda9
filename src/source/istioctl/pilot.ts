import { pilotConfig, withFlags } from './command.js';
import { IstioctlError } from './error.js';
import { fetchJson } from './fetch.js';
import { checkKubeconfig } from './kubeconfig.js';
import { checkOptions, checkTarget, podName } from './names.js';
import type { FetchedDocument, IstioctlOptions } from './options.js';
import { istioctlVersion } from './version.js';
import { atLeast } from './version-number.js';

/**
 * What istiod would send to a proxy: the answer of its debug page `/debug/config_dump`, asked over xDS by
 * `experimental internal-debug` (1.10 and later). Null where that does not answer: an older istioctl, a target that
 * names no pod and namespace, an istiod that does not know the proxy.
 * Throws IstioctlError for any other failure; rejects with the signal's reason when aborted.
 */
export async function fetchPilotConfig(target: string, options: IstioctlOptions): Promise<FetchedDocument | null> {
  checkTarget(target, options);
  checkOptions(options);
  const name = podName(target, options);
  if (name === null) {
    return null;
  }
  const call = pilotConfig(`${name.pod}.${name.namespace}`, options);
  checkKubeconfig(withFlags(call, options, null), options);
  const version = await istioctlVersion(options);
  if (version !== null && !atLeast(version, 1, 10)) {
    return null;
  }
  const progress = (done: number) => options.onProgress?.({ what: call.what, done, total: 1 });
  progress(0);
  try {
    return await fetchJson(call, options, version);
  } catch (error) {
    if (error instanceof IstioctlError && (error.kind === 'unsupported-flag' || isUnknownProxy(error))) {
      return null;
    }
    throw error;
  } finally {
    progress(1);
  }
}

/** istiod answers with a sentence instead of JSON where the proxy is connected to none or to another istiod. */
function isUnknownProxy(error: IstioctlError): boolean {
  return /Proxy not connected|unable to find config dump/i.test(error.said);
}
