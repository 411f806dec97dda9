import { type Extension, extensionOf } from '../../model/extension.js';
import type { ProxyConfig } from '../../model/proxy.js';
import type { Resource } from '../../model/resource.js';
import { routesOf } from '../../model/route-tables.js';
import type { View } from '../../model/view.js';
import type { TraceRequest } from '../../trace/request.js';
import { addressOrUnknown, type Entry, entryOf } from './entry.js';
import { addressAmong, requestOfRoute } from './route-request.js';

/** Which routes and TCP chains requests are wanted for; the route is null for a virtual host as such. */
export interface Wanted {
  readonly route: (virtualHost: View, route: View | null) => boolean;
  readonly tcp: boolean;
}

/** All chains of a listener, its default one last. */
export function chainsOf(listener: Resource): View[] {
  const last = listener.view.get('default_filter_chain');
  return [...listener.view.list('filter_chains'), ...(last === undefined ? [] : [last])];
}

/** Requests that go through a chain: one a route that is wanted, or one for TCP. Lazily, as a table may be long. */
export function* requestsThrough(
  proxy: ProxyConfig,
  listener: Resource,
  chain: View,
  wanted: Wanted,
): Generator<TraceRequest> {
  const entry = entryOf(proxy, listener, chain);
  if (entry === null) return;
  const filters = chain.list('filters').map(extensionOf);
  const http = filters.find(({ kind }) => kind === 'http_connection_manager');
  if (http !== undefined) yield* httpRequests(proxy, entry, http, wanted);
  else if (wanted.tcp) yield { ...entry, ip: addressOf(entry), protocol: 'tcp' };
}

function* httpRequests(proxy: ProxyConfig, entry: Entry, http: Extension, wanted: Wanted): Generator<TraceRequest> {
  const port = entry.port ?? 80;
  for (const virtualHost of tableOf(proxy, http.config)?.list('virtual_hosts') ?? []) {
    const ip = entry.ip ?? addressAmong(virtualHost) ?? undefined;
    const base = { ...entry, ...(entry.direction === 'outbound' ? { ip: addressOrUnknown(ip ?? null) } : {}) };
    for (const route of [...routesOf(virtualHost), null]) {
      if (!wanted.route(virtualHost, route)) continue;
      const isGateway = entry.direction === 'gateway';
      const request = { ...base, ...requestOfRoute(virtualHost, route, port, isGateway) };
      yield request.tls === undefined || request.sni !== undefined
        ? request
        : { ...request, sni: hostName(request.host) };
    }
  }
}

/** The table that a connection manager takes by RDS, or has inline. */
function tableOf(proxy: ProxyConfig, config: View): View | undefined {
  const name = rdsName(config);
  return name === null ? config.get('route_config') : proxy.find('route', name)?.view;
}

/** The route table that a connection manager asks for by RDS. */
function rdsName(config: View): string | null {
  return config.get('rds')?.string('route_config_name') ?? null;
}

/** Names of all route tables that a chain asks for. */
export function tableNames(chain: View): string[] {
  return chain.list('filters').flatMap(filter => rdsName(extensionOf(filter).config) ?? []);
}

function addressOf({ direction, ip }: Entry): string | undefined {
  return direction === 'outbound' ? addressOrUnknown(ip ?? null) : ip;
}

function hostName(host: string | undefined): string {
  return (host ?? '').replace(/:\d+$/, '');
}
