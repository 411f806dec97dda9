import type { ProxyConfig } from '../model/proxy.js';
import { type HeldTable, routesOf, routeTablesOf } from '../model/route-tables.js';
import type { View } from '../model/view.js';
import type { TraceResult } from '../trace/result.js';

interface CoveredRoute {
  readonly name: string | null;
  readonly pointer: string;
  /** What it matches, in short: `prefix /reviews, header end-user`. */
  readonly match: string;
  readonly isTaken: boolean;
}

export interface CoveredVirtualHost {
  readonly name: string | null;
  readonly pointer: string;
  readonly routes: readonly CoveredRoute[];
}

export interface CoveredTable {
  readonly proxy: string;
  readonly name: string | null;
  readonly document: string;
  readonly pointer: string;
  readonly virtualHosts: readonly CoveredVirtualHost[];
}

/** Which routes of the proxies tested at least one test takes. */
export interface RouteCoverage {
  readonly taken: number;
  readonly routes: number;
  /** 0 to 100; 100 where there are no routes. */
  readonly percent: number;
  readonly tables: readonly CoveredTable[];
}

/** Route coverage of the route tables of proxies, of which these routes were taken. */
export function routeCoverage(proxies: readonly ProxyConfig[], taken: ReadonlySet<string>): RouteCoverage {
  const tables = proxies.flatMap(proxy => countedTables(proxy).map(table => coveredTable(proxy, table, taken)));
  const routes = tables.flatMap(({ virtualHosts }) => virtualHosts.flatMap(host => host.routes));
  const count = routes.filter(({ isTaken }) => isTaken).length;
  const percent = routes.length === 0 ? 100 : Math.round((1000 * count) / routes.length) / 10;
  return { taken: count, routes: routes.length, percent, tables };
}

/**
 * Tables that requests may take: not those of the bootstrap’s own listeners (statistics, probes), and inline ones once, for Envoy’s dump
 * shows them among the static route tables as well.
 */
function countedTables(proxy: ProxyConfig): HeldTable[] {
  const tables = routeTablesOf(proxy);
  const sent = tables.filter(({ resource }) => !resource.isStatic);
  return sent.length === 0 ? tables : sent;
}

/** The routes that every branch and peer of a result takes, by texts that tell them apart. */
export function takenRoutes(result: TraceResult): string[] {
  const own = result.steps
    .filter(({ hop, status }) => hop === 'route' && status === 'matched')
    .flatMap(({ evidence }) => evidence.map(({ document, pointer }) => key(result.proxy ?? '', document, pointer)));
  return result.peer === undefined ? own : [...own, ...takenRoutes(result.peer)];
}

function coveredTable(
  proxy: ProxyConfig,
  { name, view, resource }: HeldTable,
  taken: ReadonlySet<string>,
): CoveredTable {
  const { document } = resource;
  const virtualHosts = view.list('virtual_hosts').map(host => ({
    name: host.string('name') ?? null,
    pointer: host.pointer,
    routes: routesOf(host).map(route => ({
      name: route.string('name') ?? null,
      pointer: route.pointer,
      match: describeMatch(route.get('match')),
      isTaken: taken.has(key(proxy.name, document, route.pointer)),
    })),
  }));
  return { proxy: proxy.name, name, document, pointer: view.pointer, virtualHosts };
}

function key(proxy: string, document: string, pointer: string): string {
  return JSON.stringify([proxy, document, pointer]);
}

const PATHS = ['prefix', 'path', 'path_separated_prefix', 'regex'] as const;

function describeMatch(match: View | undefined): string {
  if (match === undefined) return 'no match';
  const path = PATHS.find(field => match.has(field));
  const regex = match.get('safe_regex')?.string('regex');
  const parts = [
    path === undefined
      ? regex === undefined
        ? 'any other path match'
        : `regex ${regex}`
      : `${path} ${match.string(path)}`,
    ...match.list('headers').map(header => `header ${header.string('name')}`),
    ...(match.has('runtime_fraction') ? ['runtime fraction'] : []),
    ...match.list('query_parameters').map(parameter => `query parameter ${parameter.string('name')}`),
  ];
  return parts.join(', ');
}
