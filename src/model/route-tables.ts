import { extensionOf, unwrapAny } from './extension.js';
import type { ProxyConfig } from './proxy.js';
import type { Resource } from './resource.js';
import type { View } from './view.js';

/** A serving route table. */
export interface HeldTable {
  readonly name: string | null;
  readonly view: View;
  /** Where it stands: a resource of its own, or the listener of an inline table. */
  readonly resource: Resource;
}

/** Every route table of a proxy: those by RDS and the bootstrap's, then those inline in listeners, each in document order. */
export function routeTablesOf(proxy: ProxyConfig): HeldTable[] {
  const own = proxy
    .active('route')
    .map(resource => ({ name: resource.view.string('name') ?? resource.name, view: resource.view, resource }));
  return [...own, ...proxy.active('listener').flatMap(inlineTables)];
}

function inlineTables(resource: Resource): HeldTable[] {
  const { view } = resource;
  const last = view.get('default_filter_chain');
  const chains = [...view.list('filter_chains'), ...(last === undefined ? [] : [last])];
  return chains.flatMap(chain =>
    chain.list('filters').flatMap(filter => {
      const table = extensionOf(filter).config.get('route_config');
      return table === undefined ? [] : [{ name: table.string('name') ?? null, view: table, resource }];
    }),
  );
}

/** The routes of a virtual host: its list, or those that its matcher tree leads to. */
export function routesOf(virtualHost: View): View[] {
  const matcher = virtualHost.get('matcher');
  return matcher === undefined ? virtualHost.list('routes') : routesBelow(matcher);
}

function routesBelow(view: View): View[] {
  const { type, config } = unwrapAny(view);
  if (type?.endsWith('.RouteList') === true) return config.list('routes');
  if (type?.endsWith('.Route') === true) return [config];
  return Object.keys(view.value).flatMap(field => view.list(field).flatMap(routesBelow));
}
