import { evaluateJwt, type JwtDecision } from '../../match/jwt.js';
import { isUnknown } from '../../match/ternary.js';
import type { Extension } from '../../model/extension.js';
import { evidenceOf, istioctl } from '../evidence.js';
import { headerLookup } from '../headers.js';
import type { PerRoute } from '../per-route.js';
import type { Tracing } from '../tracing.js';
import type { FilterState } from './http-filters.js';
import { route } from './route.js';

/** Where the filter leaves the token's claims for later filters. */
const METADATA = 'envoy.filters.http.jwt_authn';

/**
 * JWT authentication: the first rule that the path falls under says which token the request needs.
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/jwt_authn_filter
 */
export function jwt(trace: Tracing, { name, config }: Extension, perRoute: PerRoute, state: FilterState): void {
  const label = name ?? 'jwt_authn';
  const { listener, http, request } = trace;
  if (listener === null || http === null) return;
  const input = {
    path: http.path,
    headers: headerLookup(trace),
    claims: request.claims,
    now: null,
    filterState: () => undefined,
  };
  const decision = evaluateJwt(config, input, perRoute.config ?? undefined);
  for (const assumption of decision.assumptions) trace.assumptions.add(assumption);
  const common = {
    name: label,
    pointer: config.pointer,
    details: state.lines,
    evidence: [evidenceOf(listener, config.pointer)],
    istioctl: [istioctl.listeners(trace.proxy.name, request.port)],
  };
  if (isUnknown(decision.allowed)) {
    trace.undetermined('http-filters', decision.allowed, `JWT: ${decision.why}`, common);
    return;
  }
  if (!decision.allowed) {
    trace.step('http-filters', 'rejected', { ...common, why: `JWT: ${decision.why}` });
    trace.finish('jwt_denied', decision.why, {
      responseCode: decision.code ?? 401,
      responseCodeDetails: decision.details,
    });
    return;
  }
  state.lines.push(`${label}: ${decision.why}`);
  applyEffects(trace, decision, state);
}

function applyEffects(trace: Tracing, decision: JwtDecision, state: FilterState): void {
  state.metadata.set(METADATA, { ...decision.metadata });
  for (const [field, unknown] of Object.entries(decision.unknownMetadata))
    state.unknown.set(`${METADATA}/${field}`, unknown);
  for (const header of decision.removedHeaders) trace.http?.headers.delete(header);
  for (const [header, value] of Object.entries(decision.addedHeaders))
    trace.http?.headers.set(header, value ?? '(set by the JWT filter)');
  if (!decision.clearsRouteCache) return;
  state.lines.push('the route is chosen again with the token’s headers');
  trace.pending = null;
  route(trace);
}
