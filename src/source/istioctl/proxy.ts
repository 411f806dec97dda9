import { type Call, proxyConfig, withFlags } from './command.js';
import { IstioctlError } from './error.js';
import { explained } from './explain.js';
import { fetchAll, type Wanted } from './fetch.js';
import { checkKubeconfig } from './kubeconfig.js';
import { checkOptions, checkTarget } from './names.js';
import type { FetchedDocument, IstioctlOptions } from './options.js';
import { istioctlVersion } from './version.js';
import { atLeast, type Version } from './version-number.js';

/** Envoy's dump begins with its only key. */
const HEAD_BYTES = 1024;
const SECTIONS = ['listener', 'route', 'cluster', 'endpoint', 'bootstrap'];

/**
 * Everything that is needed to trace through one proxy, as JSON documents.
 * From 1.10 on: Envoy's raw dump by `proxy-config all`, and `/clusters` by `proxy-config endpoint` for the health
 * of the hosts; a failure of the latter is only a warning, for the dump holds the endpoints too. Before, `all` prints
 * help, so the sections are asked one by one, in parallel.
 * `target` is `pod.ns`, `pod`, or `deploy/name.ns` where this istioctl takes that.
 * Throws IstioctlError, with near names when the pod is not there; rejects with the signal's reason when aborted.
 */
export async function fetchProxy(target: string, options: IstioctlOptions): Promise<FetchedDocument[]> {
  checkTarget(target, options);
  checkOptions(options);
  const whole = wholeDump(target, options);
  checkKubeconfig(withFlags(whole[0].call, options, null), options);
  const version = await istioctlVersion(options);
  try {
    return hasAll(version)
      ? await inOneOrBySection(target, options, version)
      : await bySection(target, options, version);
  } catch (error) {
    throw await explained(error, target, options);
  }
}

async function inOneOrBySection(target: string, options: IstioctlOptions, version: Version | null) {
  const warnings: Error[] = [];
  try {
    const onWarning = (warning: Error) => warnings.push(warning);
    const documents = await fetchAll(wholeDump(target, options), { ...options, onWarning }, version);
    const told = documents[0] !== undefined && isEnvoys(documents[0]) ? warnings : [];
    for (const warning of told) options.onWarning?.(warning);
    return documents;
  } catch (error) {
    if (error instanceof IstioctlError && error.kind === 'unsupported-flag') {
      return await bySection(target, options, version);
    }
    throw error;
  }
}

/** A ztunnel answers too, with a dump of its own, and knows nothing of the health of hosts. */
function isEnvoys({ bytes }: FetchedDocument): boolean {
  return /"configs"\s*:/.test(bytes.toString('latin1', 0, HEAD_BYTES));
}

function bySection(target: string, options: IstioctlOptions, version: Version | null) {
  const wanted = sectionCalls(target, options).map(call => ({ call }));
  return fetchAll(wanted, options, version);
}

/** The calls that fetch a proxy where `proxy-config all` exists. */
export function wholeDump(target: string, options: IstioctlOptions): [Wanted, Wanted] {
  return [
    { call: { ...proxyConfig('all', target, options), what: `configuration of ${target}` } },
    { call: { ...proxyConfig('endpoint', target, options), what: `endpoint health of ${target}` }, optional: true },
  ];
}

/** The calls that fetch a proxy section by section. */
export function sectionCalls(target: string, options: IstioctlOptions): Call[] {
  return SECTIONS.map(section => proxyConfig(section, target, options));
}

/** A version without a number is taken for a new one: `all` tells by its help when it is not. */
function hasAll(version: Version | null): boolean {
  return version === null || atLeast(version, 1, 10);
}
