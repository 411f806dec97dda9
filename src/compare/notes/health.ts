import { type Host, hostsOf } from '../../model/hosts.js';
import { panicThresholdOf } from '../../model/lb-policy.js';
import type { ProxyConfig } from '../../model/proxy.js';
import type { Resource } from '../../model/resource.js';
import type { DriftNote } from '../drift/difference.js';
import { clustersOfEndpoints } from '../drift/eds.js';
import type { Side } from '../drift/side.js';

const MAX_SHOWN = 8;

/** What shows in the text of a cluster's hosts where one of them is not well. */
const SIGNS = ['"failed_', '"failed', 'UNHEALTHY', 'DRAINING', 'TIMEOUT', 'DEGRADED', '"pending_'];

/** Endpoints in bad health on a side, each once, and clusters that have no other. */
export function healthNotes(side: Side, isOnlyOne: boolean): DriftNote[] {
  const ill = new Map<string, { host: Host; clusters: string[] }>();
  const allIll: DriftNote[] = [];
  for (const cluster of suspectClusters(side.proxy)) {
    const { hosts } = hostsOf(side.proxy, cluster);
    const bad = hosts.filter(({ health }) => health === 'unhealthy' || health === 'excluded');
    for (const host of bad) {
      const known = ill.get(host.address) ?? { host, clusters: [] };
      known.clusters.push(cluster.name ?? '');
      ill.set(host.address, known);
    }
    if (hosts.length > 0 && bad.length === hosts.length)
      allIll.push(withoutHealthy(cluster, bad.length, side, isOnlyOne));
  }
  return ill.size === 0 ? [] : [summary([...ill.values()], side, isOnlyOne), ...allIll];
}

/** Only what shows a sign in its text is parsed. */
function suspectClusters(proxy: ProxyConfig): Resource[] {
  const names = new Set<string>();
  for (const kind of ['cluster-status', 'endpoint'] as const) {
    for (const { name, text } of proxy.active(kind)) {
      if (name !== null && text !== null && SIGNS.some(sign => text.includes(sign))) names.add(name);
    }
  }
  return [...names].flatMap(name => clustersOfEndpoints(proxy, name));
}

function summary(
  ill: readonly { host: Host; clusters: readonly string[] }[],
  side: Side,
  isOnlyOne: boolean,
): DriftNote {
  const shown = ill.slice(0, MAX_SHOWN).map(({ host, clusters: [first, ...others] }) => {
    const more = others.length === 0 ? '' : ` and ${others.length} more`;
    return `${host.address} ${host.status} (${first}${more})`;
  });
  const more = ill.length > MAX_SHOWN ? `; and ${ill.length - MAX_SHOWN} more` : '';
  return {
    about: 'health',
    text: `${on(side, isOnlyOne)}${count(ill.length)} in bad health: ${shown.join('; ')}${more}`,
  };
}

/** Below the panic threshold Envoy uses hosts whatever their health; Istio sets 0 where it sets outlier detection. */
function withoutHealthy(cluster: Resource, size: number, side: Side, isOnlyOne: boolean): DriftNote {
  const then =
    panicThresholdOf(cluster.view) > 0 ? 'used all the same (panic mode)' : 'not used: requests end in 503 UH';
  const which = size === 1 ? 'the only endpoint of' : `all ${size} endpoints of`;
  return {
    about: 'health',
    text: `${on(side, isOnlyOne)}${which} ${cluster.name} ${size === 1 ? 'is' : 'are'} in bad health, ${then}`,
  };
}

function on({ label }: Side, isOnlyOne: boolean): string {
  return isOnlyOne ? '' : `${label}: `;
}

function count(number: number): string {
  return number === 1 ? '1 endpoint is' : `${number} endpoints are`;
}
