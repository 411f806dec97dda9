import { decode } from '../decode/decode.js';
import { gatewayWithRoutes, type RuntimeKey } from '../model/bare-routes.js';
import type { ProxyConfig } from '../model/proxy.js';
import { type HeldTable, routeTablesOf } from '../model/route-tables.js';
import { snapshotOf } from '../model/snapshot.js';
import { documentOf } from '../source/document.js';
import { UsageError } from './fail.js';

/** The route table of a name, or the only one. Throws UsageError. */
export function chosenTable(proxy: ProxyConfig, name: string | undefined): HeldTable {
  const tables = routeTablesOf(proxy);
  const fits = name === undefined ? tables : tables.filter(table => table.name === name);
  const [only] = fits;
  if (only !== undefined && (fits.length === 1 || name !== undefined)) return only;
  const names = [...new Set(tables.map(table => table.name ?? '(unnamed)'))].join(', ');
  throw new UsageError(
    name === undefined
      ? `${proxy.name} has ${tables.length} route tables, and nothing says which one the tests are for`
      : `${proxy.name} has no route table ${name}`,
    tables.length === 0
      ? 'Give a dump with routes, or a RouteConfiguration.'
      : `Give --route-config with one of: ${names}`,
  );
}

/** A gateway in memory that has a route table inline, on port 80; the table keeps its document's name. */
export async function gatewayOf({ name, view, resource }: HeldTable, runtime: RuntimeKey | null): Promise<ProxyConfig> {
  const dump = gatewayWithRoutes(view.value, name ?? 'routes', runtime);
  const documents = await decode(documentOf(resource.document, Buffer.from(JSON.stringify(dump))));
  const [proxy] = snapshotOf(documents).proxies;
  if (proxy === undefined) throw new Error(`${resource.document} could not be wrapped`);
  return proxy;
}
