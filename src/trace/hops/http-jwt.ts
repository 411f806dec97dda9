import { evaluateIstioAuthn } from '../../match/istio-authn.js';
import { evaluateIstioJwtAuth } from '../../match/istio-jwt-auth.js';
import { evaluateJwt, type JwtDecision } from '../../match/jwt.js';
import type { JwtInput } from '../../match/jwt-input.js';
import { unknownPart } from '../../match/partial-text.js';
import { isUnknown, type Ternary, type Unknown } from '../../match/ternary.js';
import type { Extension } from '../../model/extension.js';
import { evidenceOf, istioctl } from '../evidence.js';
import { filterStateOf } from '../filter-state.js';
import { headerLookup } from '../headers.js';
import type { PerRoute } from '../per-route.js';
import { rbacInput } from '../policy-input.js';
import type { Tracing } from '../tracing.js';
import { type FilterState, writeMetadata } from './filter-state.js';
import { chooseRouteAgain } from './route.js';

/** What every authentication filter decides. */
interface Authentication {
  readonly allowed: Ternary;
  readonly code: number | null;
  readonly details?: string | null;
  readonly why: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly unknownMetadata: Readonly<Record<string, Unknown>>;
}

/**
 * JWT authentication: the first rule that the path falls under says which token the request needs.
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/jwt_authn_filter
 */
export function jwt(trace: Tracing, filter: Extension, perRoute: PerRoute, state: FilterState): void {
  const decision = evaluateJwt(filter.config, jwtInput(trace), perRoute.config ?? undefined);
  if (authenticate(trace, filter, decision, 'envoy.filters.http.jwt_authn', state))
    applyEffects(trace, decision, state);
}

/** The token filter of Istio before 1.5. */
export function istioJwtAuth(trace: Tracing, filter: Extension, _: PerRoute, state: FilterState): void {
  const decision = evaluateIstioJwtAuth(filter.config, jwtInput(trace));
  if (authenticate(trace, filter, decision, filter.name ?? 'jwt-auth', state)) applyEffects(trace, decision, state);
}

/** Peer and origin authentication of Istio before 1.5; RBAC of that time reads what it writes. */
export function istioAuthn(trace: Tracing, filter: Extension, _: PerRoute, state: FilterState): void {
  const { tls, peer } = rbacInput(trace, true, state);
  authenticate(
    trace,
    filter,
    evaluateIstioAuthn(filter.config, { ...jwtInput(trace), tls, peer }),
    'istio_authn',
    state,
  );
}

/** Ends the trace where the filter refuses; otherwise notes what it says and writes. True where the request passes. */
function authenticate(
  trace: Tracing,
  filter: Extension,
  decision: Authentication,
  writesTo: string,
  state: FilterState,
): boolean {
  const label = filter.name ?? filter.kind;
  const { listener } = trace;
  if (listener === null) return false;
  const common = {
    name: label,
    pointer: filter.config.pointer,
    details: state.lines,
    evidence: [evidenceOf(listener, filter.config.pointer)],
    istioctl: [istioctl.listeners(trace.proxy.name, trace.request.port)],
  };
  if (isUnknown(decision.allowed)) {
    trace.undetermined('http-filters', decision.allowed, `${label}: ${decision.why}`, common);
    return false;
  }
  if (!decision.allowed) {
    trace.step('http-filters', 'rejected', { ...common, why: `${label}: ${decision.why}` });
    trace.finish('jwt_denied', decision.why, {
      responseCode: decision.code ?? 401,
      responseCodeDetails: decision.details ?? null,
    });
    return false;
  }
  state.lines.push(`${label}: ${decision.why}`);
  writeMetadata(state, writesTo, decision.metadata, decision.unknownMetadata);
  return true;
}

function jwtInput(trace: Tracing): JwtInput {
  const now = trace.now === null ? null : Math.floor(Date.parse(trace.now) / 1000);
  return {
    path: trace.http?.path ?? trace.request.path,
    headers: headerLookup(trace),
    claims: trace.request.claims,
    now,
    filterState: key => filterStateOf(trace, key),
  };
}

function applyEffects(trace: Tracing, decision: JwtDecision, state: FilterState): void {
  for (const assumption of decision.assumptions) trace.assumptions.add(assumption);
  for (const header of decision.removedHeaders) trace.http?.headers.delete(header);
  for (const [header, value] of Object.entries(decision.addedHeaders)) {
    trace.http?.headers.set(header, value ?? unknownPart(`header ${header}, which the JWT filter sets`));
  }
  if (!decision.clearsRouteCache) return;
  state.lines.push('the route is chosen again with the token’s headers');
  chooseRouteAgain(trace);
}
