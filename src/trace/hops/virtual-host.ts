import { stripPort } from '../../match/authority.js';
import { DomainIndex, explainDomain } from '../../match/domain.js';
import { needsInput } from '../../match/ternary.js';
import { oncePerMessage } from '../../model/once.js';
import type { View } from '../../model/view.js';
import { evidenceIn, evidenceOf, istioctl } from '../evidence.js';
import { firstValue, forwardedProto, headerLookup } from '../headers.js';
import { NearNames } from '../nearest.js';
import type { Candidate } from '../result.js';
import type { Tracing } from '../tracing.js';

const MAX_CANDIDATES = 8;

interface HostDomains {
  readonly view: View;
  readonly domains: readonly string[];
}

interface IndexedTable {
  readonly index: DomainIndex;
  readonly virtualHosts: readonly HostDomains[];
  readonly near: NearNames<HostDomains>;
}

/**
 * Which virtual host takes the authority: exact domain, longest suffix wildcard, longest prefix wildcard, `*`.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/route/v3/route_components.proto#config-route-v3-virtualhost
 */
export function virtualHost(trace: Tracing): void {
  const { http, routeTable } = trace;
  if (http === null || routeTable === null) return;
  const table = routeTable.view;
  const known = indexed(table);
  const { index, virtualHosts } = known;
  const host = matchedHost(trace, table);
  const found = host === null && !takesAll(known) ? null : index.find(host ?? '');
  const chosen = found === null ? undefined : virtualHosts[found.index];
  const candidates = host === null ? [] : losersOf(known, chosen ?? null, host);
  const common = { candidates, istioctl: [istioctl.routes(trace.proxy.name, routeTable.name ?? '')] };
  if (found === null || chosen === undefined) {
    const why =
      host === null
        ? `the request has no header ${table.string('vhost_header') ?? ''}, from which the table takes the host (vhost_header)`
        : `no virtual host of the table has a domain for ${host}`;
    if (host !== null && table.has('vhds')) {
      trace.undetermined(
        'virtual-host',
        needsInput('the virtual hosts that VHDS brings on demand'),
        `${why}, but more may come by VHDS`,
        common,
      );
      return;
    }
    trace.step('virtual-host', 'rejected', {
      evidence: evidenceIn(trace.routeTable?.resource, table.pointer),
      ...common,
      why,
    });
    trace.pending ??= trace.ending('no_virtual_host', why);
    return;
  }
  trace.virtualHost = chosen.view;
  trace.step('virtual-host', 'matched', {
    ...common,
    name: chosen.view.string('name') ?? null,
    pointer: chosen.view.pointer,
    why: host === null ? 'the table has no domain but *' : HOW[found.kind](found.domain, host),
    evidence: [evidenceOf(routeTable.resource, chosen.view.pointer)],
  });
  requireTls(trace, chosen.view);
}

const HOW = {
  exact: (domain: string) => `its domain ${domain} is the authority`,
  suffix: (domain: string, host: string) => `its domain ${domain} is the longest wildcard that ${host} ends with`,
  prefix: (domain: string, host: string) => `its domain ${domain} is the longest wildcard that ${host} begins with`,
  any: (_: string, host: string) => `no domain fits ${host} more closely than *`,
} as const;

const indexed = oncePerMessage((table: View): IndexedTable => {
  const virtualHosts: HostDomains[] = table
    .list('virtual_hosts')
    .map(view => ({ view, domains: view.strings('domains') }));
  return {
    virtualHosts,
    index: new DomainIndex(virtualHosts),
    near: new NearNames(virtualHosts, host => host.domains),
  };
});

/**
 * `vhost_header` takes another header's first value, null where the request has none; `ignore_port_in_host_matching` leaves the port out
 * (source/common/router/config_impl.cc, findVirtualHost).
 */
function matchedHost(trace: Tracing, table: View): string | null {
  const header = table.string('vhost_header') ?? '';
  const host = header === '' ? (trace.http?.host ?? '') : firstValue(trace, header);
  if (host === undefined) return null;
  return table.boolean('ignore_port_in_host_matching') ? stripPort(host) : host;
}

/** A table with no domain but `*` does not look at the host at all. */
function takesAll({ virtualHosts }: IndexedTable): boolean {
  return virtualHosts.every(({ domains }) => domains.every(domain => domain === '*'));
}

function losersOf({ near }: IndexedTable, chosen: HostDomains | null, host: string): Candidate[] {
  return near.nearest(stripPort(host), MAX_CANDIDATES, { but: chosen }).map(({ view, domains }) => ({
    name: view.string('name') ?? null,
    pointer: view.pointer,
    criterion: 'domains',
    reason: explainDomain(domains, host),
  }));
}

/**
 * `require_tls` answers plain HTTP with a redirect to the same authority, port included, once the router filter is reached
 * (source/common/http/utility.cc, createSslRedirectPath).
 */
function requireTls(trace: Tracing, view: View): void {
  const required = view.string('require_tls');
  if (required === undefined || required === 'NONE' || forwardedProto(trace) === 'https') return;
  if (required === 'EXTERNAL_ONLY' && headerLookup(trace)('x-envoy-internal') === 'true') return;
  const url = `https://${trace.http?.host ?? ''}${trace.http?.path ?? '/'}`;
  trace.redirect = { url, code: 301 };
  trace.pending = trace.ending(
    'tls_required',
    `virtual host ${view.string('name') ?? ''} takes HTTPS only (require_tls ${required})`,
  );
}
