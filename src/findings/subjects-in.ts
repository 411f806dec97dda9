import { extensionOf } from '../model/extension.js';
import { onceInARow } from '../model/once.js';
import type { ProxyConfig } from '../model/proxy.js';
import { portsOfHost } from './clusters.js';
import { chainsOf } from './listener-chains.js';
import type { ChainSubject, RouteSubject, TableSubject, VirtualHostSubject } from './subjects.js';

/** Every filter chain of the serving listeners. */
export const chainsIn = onceInARow((proxy: ProxyConfig): readonly ChainSubject[] =>
  proxy.active('listener').flatMap(listener => chainsOf(listener).map(chain => ({ listener, chain }))),
);

/** Every route table that serves: those of RDS, and those that stand in a connection manager. */
export const tablesIn = onceInARow((proxy: ProxyConfig): readonly TableSubject[] => {
  const named = proxy
    .active('route')
    .filter(({ name, isStatic }) => name !== null && !isStatic)
    .map(resource => ({ resource, table: resource.view }));
  const inline = chainsIn(proxy).flatMap(({ listener, chain }) =>
    chain.list('filters').flatMap(filter => {
      const table = extensionOf(filter).config.get('route_config');
      return table === undefined ? [] : [{ resource: listener, table }];
    }),
  );
  return [...named, ...inline];
});

/** Every virtual host that requests can be meant for. */
export const virtualHostsIn = onceInARow((proxy: ProxyConfig): readonly VirtualHostSubject[] =>
  tablesIn(proxy).flatMap(({ resource, table }) =>
    table
      .list('virtual_hosts')
      .map(virtualHost => ({ resource, table, virtualHost }))
      .filter(host => !isLeftOver(host, proxy)),
  ),
);

/** The routes of the virtual hosts that {@link virtualHostsIn} gives, in order. */
export const routesIn = onceInARow((proxy: ProxyConfig): readonly RouteSubject[] =>
  virtualHostsIn(proxy).flatMap(({ resource, table, virtualHost }) =>
    virtualHost.list('routes').map((route, index) => ({ resource, table, virtualHost, route, index })),
  ),
);

/**
 * Istio gives route table 80 a virtual host for each VirtualService host, though the service has no port 80: nobody can call it there,
 * and what it names need not exist.
 */
function isLeftOver({ virtualHost }: VirtualHostSubject, proxy: ProxyConfig): boolean {
  const [, host, port] = /^(.+):(\d+)$/.exec(virtualHost.string('name') ?? '') ?? [];
  if (host === undefined) return false;
  const ports = portsOfHost(proxy, host);
  return ports.length > 0 && !ports.includes(Number(port));
}
