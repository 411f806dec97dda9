import { isUnknown } from '../../match/ternary.js';
import { type Extension, extensionOf } from '../../model/extension.js';
import type { View } from '../../model/view.js';
import { evidenceIn, evidenceOf, istioctl } from '../evidence.js';
import { NO_OVERRIDE, type PerRoute, perRouteOf } from '../per-route.js';
import type { Tracing } from '../tracing.js';
import type { FilterState } from './filter-state.js';
import { cors } from './http-cors.js';
import { extAuthz } from './http-ext-authz.js';
import { extProc } from './http-ext-proc.js';
import { fault } from './http-fault.js';
import { isMissingConfig, withDiscovery } from './http-filter-discovery.js';
import { HTTP_FILTERS } from './http-filter-kinds.js';
import { letPass } from './http-filter-passing.js';
import { requestFilterState } from './http-filter-state.js';
import { unwrapFilter } from './http-filter-wrapper.js';
import { headerMutation } from './http-header-mutation.js';
import { healthCheck } from './http-health-check.js';
import { istioAuthn, istioJwtAuth, jwt } from './http-jwt.js';
import { headerToMetadata, setMetadata } from './http-metadata.js';
import { localRateLimit, rateLimit } from './http-rate-limit.js';
import { httpRbac } from './http-rbac.js';
import { upgradeOf } from './upgrade.js';

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
  ext_authz: extAuthz,
  ext_proc: extProc,
  ratelimit: rateLimit,
  local_ratelimit: localRateLimit,
  header_mutation: headerMutation,
  health_check: healthCheck,
  header_to_metadata: headerToMetadata,
  set_metadata: setMetadata,
  set_filter_state: requestFilterState,
  matching: wrapper,
};

/**
 * The HTTP filters in order, with their overrides for the chosen route. The router is the last one: only it answers for a missing route,
 * a redirect or a direct response, so that a denial comes first.
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/http_filters
 */
export function httpFilters(trace: Tracing): void {
  const { http, terminal, listener } = trace;
  if (http === null || terminal === null || listener === null) return;
  const upgrade = upgradeOf(trace);
  if (upgrade.kind === 'denied') {
    refuseUpgrade(trace, upgrade.why);
    return;
  }
  const state: FilterState = { metadata: new Map(), unknown: new Map(), lines: [] };
  const own = upgrade.kind === 'allowed' ? upgrade.filters : null;
  if (own !== null) state.lines.push('the upgrade has HTTP filters of its own (upgrade_configs)');
  const filters = own ?? terminal.config.list('http_filters');
  for (const view of filters) {
    if (extensionOf(view).kind === 'router') break;
    runFilter(trace, view, state);
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

/** The route is chosen already, and its cluster stands in Envoy's access log. */
function refuseUpgrade(trace: Tracing, why: string): void {
  trace.step('http-filters', 'rejected', { evidence: evidenceIn(trace.listener, trace.terminal?.config.pointer), why });
  trace.cluster = trace.route?.get('route')?.string('cluster') ?? null;
  trace.finish('upgrade_denied', why);
}

function runFilter(trace: Tracing, view: View, state: FilterState, isInner = false): void {
  const filter = withDiscovery(trace, extensionOf(view), view);
  const perRoute = isInner ? NO_OVERRIDE : perRouteOf(trace, filter);
  const label = filter.name ?? filter.kind;
  const isOff = perRoute.disabled ?? view.boolean('disabled');
  if (isOff) state.lines.push(`${label}: switched off${perRoute.level === null ? '' : ` by the ${perRoute.level}`}`);
  else if (isMissingConfig(view, filter)) missingConfig(trace, label, state);
  else (DECIDING[filter.kind] ?? pass)(trace, filter, perRoute, state);
}

/** A filter with a matcher around it runs, in its place, what the matcher says. */
function wrapper(trace: Tracing, filter: Extension, perRoute: PerRoute, state: FilterState): void {
  const label = filter.name ?? 'a filter with a matcher';
  const unwrapped = unwrapFilter(trace, filter, perRoute);
  if ('unknown' in unwrapped && isUnknown(unwrapped)) {
    const why = `${label}: which filter runs depends on ${unwrapped.what}`;
    trace.undetermined('http-filters', unwrapped, why, {
      name: label,
      pointer: filter.config.pointer,
      details: state.lines,
    });
    return;
  }
  state.lines.push(`${label}: ${unwrapped.why}`);
  for (const view of unwrapped.run) {
    runFilter(trace, view, state, true);
    if (trace.end !== null) return;
  }
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
  const condition = known.mayAnswer(perRoute.config ?? filter.config) ? `${label} allows it` : null;
  letPass(trace, label, { effect: known.describe(filter.config), condition, mayReroute: known.mayReroute }, state);
}

function missingConfig(trace: Tracing, label: string, state: FilterState): void {
  if (trace.proxy.has('ecds') === 'complete') {
    const why = `the configuration of filter ${label} has not come by ECDS`;
    trace.step('http-filters', 'rejected', {
      evidence: evidenceIn(trace.listener, trace.terminal?.config.pointer),
      why,
      details: state.lines,
    });
    trace.finish('missing_filter_config', why);
    return;
  }
  trace.assumptions.add(
    `HTTP filter ${label}, whose configuration comes by ECDS and is not in the dump, lets the request pass`,
  );
  trace.conditions.push(`filter ${label} lets it pass`);
  state.lines.push(`${label}: its configuration is not in the dump`);
}
