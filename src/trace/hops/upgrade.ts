import type { View } from '../../model/view.js';
import type { Tracing } from '../tracing.js';

/** What becomes of a request that asks for an upgrade, CONNECT among them. */
export type Upgrade =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'allowed';
      /** Filters for such upgrades alone; null where the usual ones run. */
      readonly filters: readonly View[] | null;
    }
  | { readonly kind: 'denied'; readonly why: string };

/**
 * Whether the request asks for an upgrade and gets it: the route's own `upgrade_configs` allow or forbid it, else the connection manager's. A
 * request without a route is never refused for it (source/common/http/conn_manager_impl.cc, decodeHeaders; createUpgradeFilterChain).
 * https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/http/upgrades
 */
export function upgradeOf(trace: Tracing): Upgrade {
  const type = upgradeType(trace);
  const { terminal, route, pending } = trace;
  if (type === null || terminal === null) return { kind: 'none' };
  const onRoute = configFor(route?.get('route')?.list('upgrade_configs') ?? [], type)?.boolean('enabled', true);
  const onManager = configFor(terminal.config.list('upgrade_configs'), type);
  const isAllowed = onRoute ?? onManager?.boolean('enabled', true) ?? false;
  if (isAllowed) {
    const own = onManager?.list('filters') ?? [];
    return { kind: 'allowed', filters: own.length === 0 ? null : own };
  }
  if (route === null && pending?.reason !== 'tls_required') return { kind: 'none' };
  const who = onRoute === false ? 'the route forbids it' : 'neither connection manager nor route allows it';
  return { kind: 'denied', why: `the request asks for an upgrade to ${type}, and ${who} (upgrade_configs)` };
}

function configFor(configs: readonly View[], type: string): View | undefined {
  return configs.find(config => config.string('upgrade_type')?.toLowerCase() === type.toLowerCase());
}

function upgradeType({ request, http }: Tracing): string | null {
  const asked = http === null ? null : requestedUpgrade(http.headers);
  return asked ?? (request.method === 'CONNECT' ? 'CONNECT' : null);
}

/** The protocol that a request's headers ask for; null where `Connection` does not name `Upgrade`, which Envoy drops then. */
export function requestedUpgrade(headers: ReadonlyMap<string, string>): string | null {
  const wants = /(^|,)\s*upgrade\s*(,|$)/i.test(headers.get('connection') ?? '');
  return wants ? (headers.get('upgrade') ?? null) : null;
}
