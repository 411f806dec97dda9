import type { View } from '../model/view.js';
import { matchCookie } from './cookie.js';
import { type RuntimeValue, runtimeFraction } from './fraction.js';
import { type HeaderLookup, matchHeader } from './header.js';
import { matchPath } from './path.js';
import { matchQuery, parseQuery } from './query.js';
import { matchFilterState } from './rbac/filter-state-rule.js';
import type { RbacInput } from './rbac-input.js';
import { isUnknown, type Outcome, type Ternary } from './ternary.js';
import { matchMetadata } from './value-matcher.js';

/** What route matching looks at. */
export interface RouteFacts extends Pick<RbacInput, 'filterState'> {
  /** `:path` with its query string. */
  readonly path: string;
  readonly method: string;
  readonly headers: HeaderLookup;
  readonly isGrpc: boolean;
  readonly runtime: RuntimeValue;
  /** The route table's `ignore_path_parameters_in_path_matching`: what follows a `;` takes no part in path matching. */
  readonly ignoresPathParameters: boolean;
  /** The connection came by TLS; `hasCertificate` that the client showed one that was accepted. */
  readonly tls: { readonly isTls: boolean; readonly hasCertificate: boolean };
}

/** One criterion of a RouteMatch and its answer. */
interface CriterionOutcome extends Outcome {
  readonly field: string;
}

/** A route against a request. */
export interface RouteMatchResult {
  readonly result: Ternary;
  /** The first criterion that failed or was not known; null where all hold. */
  readonly failed: CriterionOutcome | null;
  /** Part of such requests that the match's runtime fraction lets through, 0 to 1. */
  readonly fraction: number;
  /** The criterion that failed or is not known, or all that hold. */
  readonly why: string;
}

/**
 * Checks a RouteMatch in Envoy's own order: runtime fraction, gRPC, headers, query parameters, cookies, TLS, metadata, filter state, then the path.
 * The route is chosen before the HTTP filters run, so that nothing has set dynamic metadata yet.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/route/v3/route_components.proto#config-route-v3-routematch
 */
export function matchRoute(match: View, facts: RouteFacts): RouteMatchResult {
  const fraction = runtimeFraction(match.get('runtime_fraction'), facts.runtime) ?? 1;
  let unknown: CriterionOutcome | null = null;
  const held: string[] = [];
  for (const outcome of criteria(match, facts, fraction)) {
    if (outcome.result === false) return { result: false, failed: outcome, fraction, why: outcome.why };
    if (isUnknown(outcome.result)) unknown ??= outcome;
    else held.push(outcome.why);
  }
  if (unknown !== null) return { result: unknown.result, failed: unknown, fraction, why: unknown.why };
  return { result: true, failed: null, fraction, why: held.join(', ') };
}

function* criteria(match: View, facts: RouteFacts, fraction: number): Generator<CriterionOutcome> {
  if (fraction === 0) yield { field: 'runtime_fraction', result: false, why: 'its runtime fraction is 0' };
  if (match.has('grpc'))
    yield { field: 'grpc', result: facts.isGrpc, why: `the request is ${facts.isGrpc ? '' : 'not '}gRPC` };
  for (const header of match.list('headers')) yield { field: 'headers', ...matchHeader(header, facts.headers) };
  if (match.list('query_parameters').length > 0) {
    const query = parseQuery(facts.path);
    for (const parameter of match.list('query_parameters'))
      yield { field: 'query_parameters', ...matchQuery(parameter, query) };
  }
  for (const cookie of match.list('cookies')) yield { field: 'cookies', ...matchCookie(cookie, facts.headers) };
  const tls = match.get('tls_context');
  if (tls !== undefined) yield { field: 'tls_context', ...tlsOutcome(tls, facts) };
  for (const matcher of match.list('dynamic_metadata')) {
    const why = 'no filter before routing sets the dynamic metadata that it asks for';
    yield { field: 'dynamic_metadata', result: matchMetadata(matcher, () => undefined), why };
  }
  for (const matcher of match.list('filter_state')) {
    yield { field: 'filter_state', ...matchFilterState(matcher, facts) };
  }
  yield pathOutcome(match, facts);
}

function pathOutcome(match: View, facts: RouteFacts): CriterionOutcome {
  const field = PATH_FIELDS.find(candidate => match.has(candidate)) ?? 'prefix';
  const upgrade = facts.headers('upgrade');
  return {
    field,
    ...matchPath(match, pathOf(match, facts), {
      method: facts.method,
      ...(upgrade === undefined ? {} : { protocolUpgrade: upgrade }),
    }),
  };
}

/** Templates see the whole path. */
function pathOf(match: View, { path, ignoresPathParameters }: RouteFacts): string {
  return ignoresPathParameters && !match.has('path_match_policy') ? path.replace(/;.*$/s, '') : path;
}

const PATH_FIELDS = [
  'prefix',
  'path',
  'safe_regex',
  'regex',
  'path_separated_prefix',
  'connect_matcher',
  'path_match_policy',
];

function tlsOutcome(tls: View, { tls: connection }: RouteFacts): Outcome {
  if (tls.has('presented') && tls.boolean('presented') !== connection.hasCertificate) {
    return {
      result: false,
      why: connection.hasCertificate ? 'the client shows a certificate' : 'the client shows no certificate',
    };
  }
  if (tls.has('validated') && tls.boolean('validated') !== connection.hasCertificate) {
    return {
      result: false,
      why: connection.hasCertificate ? 'the client’s certificate is valid' : 'there is no valid client certificate',
    };
  }
  return { result: true, why: 'the TLS conditions hold' };
}
