import { type Call, pilotConfig, pilotConfigOfAll, withFlags } from './command.js';
import { IstioctlError } from './error.js';
import { fetchJson } from './fetch.js';
import { checkKubeconfig } from './kubeconfig.js';
import { checkOptions, checkTarget, podName } from './names.js';
import type { FetchedDocument, IstioctlOptions } from './options.js';
import { istioctlVersion } from './version.js';
import { atLeast, type Version } from './version-number.js';

/**
 * What istiod would send to a proxy: the answer of its debug page `/debug/config_dump`, asked over xDS by
 * `experimental internal-debug` (1.10 and later). Before 1.26 that asks any one istiod, so where it does not serve the proxy,
 * all are asked. Null where that does not answer: an older istioctl, a target that names no pod and namespace, a proxy that
 * no istiod knows.
 * Throws IstioctlError for any other failure; rejects with the signal's reason when aborted.
 */
export async function fetchPilotConfig(target: string, options: IstioctlOptions): Promise<FetchedDocument | null> {
  checkTarget(target, options);
  checkOptions(options);
  const name = podName(target, options);
  if (name === null) {
    return null;
  }
  const proxy = `${name.pod}.${name.namespace}`;
  const call = pilotConfig(proxy, options);
  checkKubeconfig(withFlags(call, options, null), options);
  const version = await istioctlVersion(options);
  if (version !== null && !atLeast(version, 1, 10)) {
    return null;
  }
  const progress = (done: number) => options.onProgress?.({ what: call.what, done, total: 1 });
  progress(0);
  try {
    const asksEach = version !== null && atLeast(version, 1, 26);
    const answer = await answerOf(call, options, version);
    return answer ?? (asksEach ? null : await ofAll(pilotConfigOfAll(proxy, options), options, version));
  } finally {
    progress(1);
  }
}

/** Null where this istioctl cannot ask, or the istiod does not serve the proxy. */
async function answerOf(call: Call, options: IstioctlOptions, version: Version | null) {
  try {
    return await fetchJson(call, options, version);
  } catch (error) {
    if (error instanceof IstioctlError && (error.kind === 'unsupported-flag' || isUnknownProxy(error))) {
      return null;
    }
    throw error;
  }
}

/** What one istiod of all said; istioctl before 1.26 writes each answer as a string. */
async function ofAll(call: Call, options: IstioctlOptions, version: Version | null): Promise<FetchedDocument | null> {
  const answer = await answerOf(call, options, version);
  const answers: unknown[] = answer === null ? [] : Object.values(JSON.parse(answer.bytes.toString('utf8')));
  const texts = answers.map(one => (typeof one === 'string' ? one.trim() : JSON.stringify(one)));
  const whole = texts.find(text => text.startsWith('{'));
  return answer === null || whole === undefined ? null : { ...answer, bytes: Buffer.from(`${whole}\n`) };
}

/** istiod answers with a sentence instead of JSON where the proxy is connected to none or to another istiod. */
function isUnknownProxy(error: IstioctlError): boolean {
  return /Proxy not connected|unable to find config dump/i.test(error.said);
}
