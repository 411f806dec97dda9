import { type Extension, extensionOf } from '../../model/extension.js';
import type { View } from '../../model/view.js';
import { evidenceOf, istioctl } from '../evidence.js';
import { type PerRoute, perRouteOf } from '../per-route.js';
import type { Tracing } from '../tracing.js';
import type { FilterState } from './filter-state.js';
import { cors } from './http-cors.js';
import { fault } from './http-fault.js';
import { HTTP_FILTERS } from './http-filter-kinds.js';
import { istioAuthn, istioJwtAuth, jwt } from './http-jwt.js';
import { httpRbac } from './http-rbac.js';

/** Begins the step's reason where the verdict holds only if filters let the request pass; their conditions follow. */
export const TAKEN_AS_PASSING = 'taken as letting the request pass: ';

/** A filter that decides by configuration; it ends the trace by itself. */
type Decide = (trace: Tracing, filter: Extension, perRoute: PerRoute, state: FilterState) => void;

const DECIDING: Record<string, Decide> = {
  rbac: httpRbac,
  jwt_authn: jwt,
  'jwt-auth': istioJwtAuth,
  istio_authn: istioAuthn,
  authn: istioAuthn,
  fault,
  cors,
};

/**
 * The HTTP filters in order, with their overrides for the chosen route. The router is the last one: only it answers for a missing route,
 * a redirect or a direct response, so that a denial comes first.
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/http_filters
 */
export function httpFilters(trace: Tracing): void {
  const { http, terminal, listener } = trace;
  if (http === null || terminal === null || listener === null) return;
  const state: FilterState = { metadata: new Map(), unknown: new Map(), lines: [] };
  const filters = terminal.config.list('http_filters');
  if (upgradeDenied(trace)) return;
  for (const view of filters) {
    const filter = resolved(trace, extensionOf(view), view);
    if (filter.kind === 'router') break;
    runFilter(trace, view, filter, state);
    if (trace.end !== null) return;
  }
  const why = filters.length === 0 ? 'there are no HTTP filters' : 'all HTTP filters let the request pass';
  trace.step('http-filters', 'matched', {
    pointer: terminal.config.at('http_filters'),
    why: trace.conditions.length === 0 ? why : `${TAKEN_AS_PASSING}${trace.conditions.join(', ')}`,
    details: state.lines,
    evidence: [evidenceOf(listener, terminal.config.at('http_filters'))],
    istioctl: [istioctl.listeners(trace.proxy.name, trace.request.port)],
  });
}

function runFilter(trace: Tracing, view: View, filter: Extension, state: FilterState): void {
  const perRoute = perRouteOf(trace, filter);
  const label = filter.name ?? filter.kind;
  const isOff = perRoute.disabled ?? view.boolean('disabled');
  if (isOff) {
    state.lines.push(`${label}: switched off${perRoute.level === null ? '' : ` by the ${perRoute.level}`}`);
    return;
  }
  if (view.has('config_discovery') && filter.type === null) {
    missingConfig(trace, label, state);
    return;
  }
  const decide = DECIDING[filter.kind];
  if (decide !== undefined) decide(trace, filter, perRoute, state);
  else pass(trace, filter, perRoute, state);
}

/** What a filter may do that configuration alone does not decide. */
function pass(trace: Tracing, filter: Extension, perRoute: PerRoute, state: FilterState): void {
  const label = filter.name ?? filter.kind;
  const known = HTTP_FILTERS[filter.kind];
  if (known === undefined) {
    trace.assumptions.add(`HTTP filter ${label} (${filter.type ?? 'no type'}) lets the request pass unchanged`);
    trace.conditions.push(`HTTP filter ${label} lets it pass`);
    state.lines.push(`${label}: not known to mesh-trace`);
    return;
  }
  const config = perRoute.config ?? filter.config;
  const effect = known.describe(filter.config);
  state.lines.push(`${label}: ${effect}`);
  if (known.mayAnswer(config)) {
    trace.assumptions.add(`HTTP filter ${label} lets the request pass: ${effect}`);
    trace.conditions.push(`${label} allows it`);
  }
  if (known.mayReroute)
    trace.assumptions.add(`HTTP filter ${label} does not change the route (it may clear the route cache)`);
}

/** ECDS: the filter's configuration comes by itself; until then Envoy answers 500, or uses the default. */
function resolved(trace: Tracing, filter: Extension, view: View): Extension {
  const discovery = view.get('config_discovery');
  if (discovery === undefined || filter.type !== null) return filter;
  const found = trace.proxy.find('ecds', filter.name ?? '')?.view ?? discovery.get('default_config');
  if (found === undefined) return filter;
  return extensionOf(found.has('typed_config') ? found : (wrapped(found) ?? found));
}

function wrapped(view: View): View | undefined {
  return view.get('filter') ?? view.get('ecds_filter');
}

function missingConfig(trace: Tracing, label: string, state: FilterState): void {
  if (trace.proxy.has('ecds') === 'complete') {
    const why = `the configuration of filter ${label} has not come by ECDS`;
    trace.step('http-filters', 'rejected', { why, details: state.lines });
    trace.finish('missing_filter_config', why);
    return;
  }
  trace.assumptions.add(
    `HTTP filter ${label}, whose configuration comes by ECDS and is not in the dump, lets the request pass`,
  );
  trace.conditions.push(`filter ${label} lets it pass`);
  state.lines.push(`${label}: its configuration is not in the dump`);
}

/**
 * An upgrade that neither connection manager nor route allows is answered 403.
 * https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/http/upgrades
 */
function upgradeDenied(trace: Tracing): boolean {
  const type = upgradeType(trace);
  if (type === null || trace.terminal === null) return false;
  const onRoute = trace.route
    ?.get('route')
    ?.list('upgrade_configs')
    .find(config => sameType(config, type));
  const onManager = trace.terminal.config.list('upgrade_configs').find(config => sameType(config, type));
  const allowed = onRoute?.boolean('enabled', true) ?? onManager?.boolean('enabled', true) ?? false;
  if (allowed || (trace.route === null && onManager !== undefined)) return false;
  const why = `upgrade ${type} is not allowed by the connection manager or the route`;
  trace.step('http-filters', 'rejected', { why });
  trace.finish('upgrade_denied', why);
  return true;
}

function upgradeType({ request, http }: Tracing): string | null {
  if (request.method === 'CONNECT') return 'CONNECT';
  const wants = /(^|,)\s*upgrade\s*(,|$)/i.test(http?.headers.get('connection') ?? '');
  return wants ? (http?.headers.get('upgrade') ?? null) : null;
}

function sameType(config: View, type: string): boolean {
  return config.string('upgrade_type')?.toLowerCase() === type.toLowerCase();
}
