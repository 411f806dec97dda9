import type { Detail } from './response-details.js';
import type { Flag } from './response-flags.js';

/**
 * HTTP status codes that need an explanation in Envoy's context. `0` is what the access log shows where no answer had
 * begun. Source: the code that each local reply of Envoy carries (router, connection manager, filters).
 */
export const STATUSES = [
  '0',
  '200',
  '301',
  '400',
  '401',
  '403',
  '404',
  '408',
  '413',
  '426',
  '429',
  '431',
  '500',
  '502',
  '503',
  '504',
] as const;

export type Status = (typeof STATUSES)[number];

export interface StatusFacts {
  /** Name of the status in HTTP. */
  name: string;
  /** What stands beside it in the log where Envoy made the answer, likeliest first. */
  flags: readonly Flag[];
  details: readonly Detail[];
}

export const STATUS_FACTS: Record<Status, StatusFacts> = {
  '0': {
    name: 'no answer',
    flags: ['DC', 'DR', 'DPE', 'NR'],
    details: [
      'downstream_remote_disconnect',
      'downstream_local_disconnect',
      'http2.remote_reset',
      'filter_chain_not_found',
    ],
  },
  '200': { name: 'OK', flags: [], details: ['via_upstream', 'cors_response', 'direct_response'] },
  '301': { name: 'Moved Permanently', flags: [], details: ['direct_response', 'via_upstream'] },
  '400': {
    name: 'Bad Request',
    flags: ['DPE', 'IH'],
    details: [
      'http1.codec_error',
      'missing_host_header',
      'path_normalization_failed',
      'request_headers_failed_strict_check',
    ],
  },
  '401': {
    name: 'Unauthorized',
    flags: [],
    details: ['jwt_authn_access_denied', 'istio_authn_access_denied', 'via_upstream'],
  },
  '403': {
    name: 'Forbidden',
    flags: ['UAEX'],
    details: [
      'rbac_access_denied_matched_policy',
      'ext_authz_denied',
      'ext_authz_error',
      'jwt_authn_access_denied',
      'upgrade_failed',
      'csrf_origin_mismatch',
    ],
  },
  '404': {
    name: 'Not Found',
    flags: ['NR'],
    details: ['route_not_found', 'route_configuration_not_found', 'absolute_path_rejected', 'missing_path_rejected'],
  },
  '408': {
    name: 'Request Timeout',
    flags: ['SI', 'UMSDR'],
    details: ['stream_idle_timeout', 'request_overall_timeout', 'request_header_timeout'],
  },
  '413': { name: 'Payload Too Large', flags: [], details: ['request_payload_too_large'] },
  '426': { name: 'Upgrade Required', flags: [], details: ['low_version'] },
  '429': { name: 'Too Many Requests', flags: ['RL'], details: ['request_rate_limited', 'local_rate_limited'] },
  '431': {
    name: 'Request Header Fields Too Large',
    flags: ['DPE'],
    details: ['http1.headers_too_large', 'http1.too_many_headers'],
  },
  '500': {
    name: 'Internal Server Error',
    flags: ['NFCF', 'RLSE'],
    details: ['via_upstream', 'rate_limiter_error', 'ext_proc_error', 'response_payload_too_large'],
  },
  '502': {
    name: 'Bad Gateway',
    flags: ['UPE'],
    details: ['upstream_reset_before_response_started', 'direct_response', 'filter_removed_required_response_headers'],
  },
  '503': {
    name: 'Service Unavailable',
    flags: ['UF', 'UC', 'UH', 'NC', 'UO', 'URX', 'UR', 'LR', 'OM', 'DF', 'LH', 'DO', 'UDO'],
    details: [
      'upstream_reset_before_response_started',
      'no_healthy_upstream',
      'cluster_not_found',
      'wasm_fail_stream',
      'overload',
    ],
  },
  '504': {
    name: 'Gateway Timeout',
    flags: ['UT', 'UMSDR', 'SI'],
    details: ['response_timeout', 'upstream_per_try_timeout', 'stream_idle_timeout'],
  },
};
