import { isWildcard } from '../../model/address.js';
import { clusterKind } from '../../model/cluster-kind.js';
import { extensionOf } from '../../model/extension.js';
import { listenersOnPort } from '../../model/listeners.js';
import type { ProxyConfig } from '../../model/proxy.js';
import type { Resource } from '../../model/resource.js';
import { clusterParts } from '../../model/services.js';
import { evidenceOf } from '../../trace/evidence.js';
import { clustersOfHost, type ServiceCluster, serviceHosts } from '../clusters.js';
import { describeObject } from '../finding.js';
import { edit } from '../kubectl.js';
import { chainsOf } from '../listener-chains.js';
import { serviceOfCluster } from '../provenance.js';
import { clustersOfChain } from '../route-clusters.js';
import type { Rule } from '../rule.js';

/**
 * A service with a cluster that nothing leads to, while another one holds its port for every address: of an HTTP and a TCP service without
 * addresses of their own only one gets the listener.
 * https://istio.io/latest/docs/ops/configuration/traffic-management/protocol-selection/
 */
export const protocolConflictPort: Rule = {
  code: 'protocol-conflict-port',
  proxy: ({ proxy, snapshot }) => {
    const isWhole = proxy.has('listener') === 'complete' && proxy.has('route') === 'complete';
    if (proxy.node?.type !== 'sidecar' || !isWhole) return [];
    const planned = snapshot.pilot.get(proxy.name);
    const reached = reachedServices(planned === undefined ? [proxy] : [proxy, planned]);
    return [...serviceHosts(proxy)]
      .flatMap(host => clustersOfHost(proxy, host))
      .filter(({ host, port, subset }) => subset === '' && !reached.has(`${host}:${port}`))
      .flatMap(service => draftsOf(service, proxy));
  },
};

function draftsOf({ cluster, port }: ServiceCluster, proxy: ProxyConfig) {
  const holder = listenersOnPort(proxy, port).find(
    ({ address, listener }) => isWildcard(address.ip) && !listener.isStatic,
  );
  if (holder === undefined || clusterKind(cluster.view) === 'original_dst' || waitsForRoutes(holder.listener, proxy))
    return [];
  const service = serviceOfCluster(cluster);
  return [
    {
      resource: service,
      evidence: [evidenceOf(cluster), evidenceOf(holder.listener)],
      why: `Port ${port} of ${describeObject(service)} has a cluster and no listener or virtual host: listener ${holder.listener.name ?? ''} of another protocol holds the port for every address. Requests to this service go where that listener sends them.`,
      remedy: `Use different ports for services of different protocols, or give the service a cluster IP (${edit(service)}).`,
    },
  ];
}

/** `host:port` of every service that a virtual host or a TCP proxy leads to, in Envoy or in what istiod has for it. */
function reachedServices(sides: readonly ProxyConfig[]): Set<string> {
  const reached = new Set<string>();
  for (const table of sides.flatMap(side => side.active('route'))) {
    for (const virtualHost of table.view.list('virtual_hosts')) reached.add(virtualHost.string('name') ?? '');
  }
  for (const chain of sides.flatMap(side => side.active('listener')).flatMap(chainsOf)) {
    for (const { name } of clustersOfChain(chain)) {
      const parts = clusterParts(name);
      if (parts !== null) reached.add(`${parts.host}:${parts.port}`);
    }
  }
  return reached;
}

/** A listener whose route table has not come, or was refused, would lead to more services than can be seen. */
function waitsForRoutes(listener: Resource, proxy: ProxyConfig): boolean {
  const tables = chainsOf(listener)
    .flatMap(chain => chain.list('filters'))
    .flatMap(filter => extensionOf(filter).config.get('rds')?.string('route_config_name') ?? []);
  return tables.some(
    name =>
      proxy.find('route', name) === undefined || proxy.named('route', name).some(({ state }) => state === 'error'),
  );
}
