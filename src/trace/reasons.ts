import type { Outcome } from './result.js';

/** Why a request does not simply go on, in the vocabulary of the result. */
export type Reason =
  | 'blackhole'
  | 'no_virtual_host'
  | 'no_route'
  | 'no_cluster'
  | 'no_healthy_upstream'
  | 'tls_required'
  | 'redirect'
  | 'direct_response'
  | 'rbac_denied'
  | 'jwt_denied'
  | 'fault_abort'
  | 'cors_preflight'
  | 'upgrade_denied'
  | 'bad_request'
  | 'missing_filter_config'
  | 'overload_dropped'
  | 'overflow'
  | 'no_listener'
  | 'no_filter_chain'
  | 'no_filters'
  | 'tls_error'
  | 'mtls_error'
  | 'protocol_error'
  | 'loop'
  | 'missing_evidence';

/** How Envoy ends a request for a reason: code, flag and details as it logs them. */
export interface Ending {
  readonly outcome: Outcome;
  readonly responseCode: number | null;
  readonly responseFlag: string | null;
  readonly responseCodeDetails: string | null;
}

function responded(code: number | null, flag: string | null, details: string | null): Ending {
  return { outcome: 'responded', responseCode: code, responseFlag: flag, responseCodeDetails: details };
}

function closed(flag: string | null, details: string | null = null): Ending {
  return { outcome: 'closed', responseCode: null, responseFlag: flag, responseCodeDetails: details };
}

/**
 * Endings for HTTP requests; hops fill in what depends on configuration.
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_conn_man/response_code_details,
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage#response-flags
 */
const HTTP_ENDINGS: Record<Reason, Ending> = {
  blackhole: {
    outcome: 'blackholed',
    responseCode: 503,
    responseFlag: 'UH',
    responseCodeDetails: 'no_healthy_upstream',
  },
  no_virtual_host: responded(404, 'NR', 'route_not_found'),
  no_route: responded(404, 'NR', 'route_not_found'),
  no_cluster: responded(503, 'NC', 'cluster_not_found'),
  no_healthy_upstream: responded(503, 'UH', 'no_healthy_upstream'),
  tls_required: responded(301, null, 'direct_response'),
  redirect: responded(301, null, 'direct_response'),
  direct_response: responded(null, null, 'direct_response'),
  rbac_denied: responded(403, null, 'rbac_access_denied_matched_policy[none]'),
  jwt_denied: responded(401, null, 'jwt_authn_access_denied{Jwt_is_missing}'),
  fault_abort: responded(null, 'FI', 'fault_filter_abort'),
  cors_preflight: responded(200, null, 'cors_response'),
  upgrade_denied: responded(403, null, 'upgrade_failed'),
  bad_request: responded(400, null, null),
  missing_filter_config: responded(500, 'NFCF', null),
  overload_dropped: responded(503, 'DO', 'drop_overload'),
  overflow: responded(503, 'UO', 'upstream_reset_before_response_started{overflow}'),
  no_listener: closed(null),
  no_filter_chain: closed('NR', 'filter_chain_not_found'),
  no_filters: closed(null),
  tls_error: closed(null),
  mtls_error: closed(null),
  protocol_error: closed('DPE', 'codec_error'),
  loop: closed(null),
  missing_evidence: { outcome: 'undetermined', responseCode: null, responseFlag: null, responseCodeDetails: null },
};

/** Where a TCP connection ends otherwise than an HTTP request: there is no answer, only a closed connection. */
const TCP_ENDINGS: Partial<Record<Reason, Ending>> = {
  blackhole: { outcome: 'blackholed', responseCode: null, responseFlag: 'UH', responseCodeDetails: null },
  no_cluster: closed('NC'),
  no_healthy_upstream: closed('UH'),
  overflow: closed('UO'),
  rbac_denied: closed(null),
};

/** Every reason, in the order of the table. */
export const REASONS = Object.keys(HTTP_ENDINGS) as readonly Reason[];

/** The ending for a reason; `isTcp` where a TCP proxy handles the connection. */
export function endingOf(reason: Reason, isTcp: boolean): Ending {
  return (isTcp ? TCP_ENDINGS[reason] : undefined) ?? HTTP_ENDINGS[reason];
}
