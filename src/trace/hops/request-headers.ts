import { extensionOf } from '../../model/extension.js';
import type { View } from '../../model/view.js';
import { clientTls } from '../client-tls.js';
import { applyMutations } from '../header-mutations.js';
import { headerLookup } from '../headers.js';
import { usesRemoteAddress } from '../remote-address.js';
import type { ResolvedRequest } from '../request.js';
import type { Tracing } from '../tracing.js';

const MOST_HEADERS = 100;

/** Why the codec does not take the request's headers, with code and details; null where it does. */
export interface HeaderProblem {
  readonly code: number;
  readonly details: string;
  readonly why: string;
}

/**
 * Limits that HTTP/1 answers for: too many headers, or names with underscores where those are refused (`common_http_protocol_options`).
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/core/v3/protocol.proto#config-core-v3-httpprotocoloptions
 */
export function headerProblem({ headers, protocol }: ResolvedRequest, hcm: View): HeaderProblem | null {
  if (protocol !== 'http') return null;
  const options = hcm.get('common_http_protocol_options');
  const most = options?.number('max_headers_count') ?? MOST_HEADERS;
  const count = [...headers.values()].reduce((sum, values) => sum + values.length, 1);
  if (count > most)
    return {
      code: 431,
      details: 'http1.too_many_headers',
      why: `the request has ${count} headers, of ${most} allowed`,
    };
  const named = [...headers.keys()].find(name => name.includes('_'));
  if (named === undefined || options?.string('headers_with_underscores_action') !== 'REJECT_REQUEST') return null;
  const why = `header ${named} has an underscore, and headers_with_underscores_action is REJECT_REQUEST`;
  return { code: 400, details: 'http1.unexpected_underscore', why };
}

/** The headers as the codec hands them over: repeated values joined, those with underscores left out where they are dropped. */
export function receivedHeaders({ headers }: ResolvedRequest, hcm: View): Map<string, string> {
  const action = hcm.get('common_http_protocol_options')?.string('headers_with_underscores_action');
  const kept = [...headers].filter(([name]) => action !== 'DROP_HEADER' || !name.includes('_'));
  return new Map(kept.map(([name, values]) => [name, values.join(name === 'cookie' ? '; ' : ',')]));
}

/** What only an Envoy of the mesh may ask of another one. */
const INTERNAL = [
  'x-envoy-retriable-status-codes',
  'x-envoy-retriable-header-names',
  'x-envoy-retry-on',
  'x-envoy-retry-grpc-on',
  'x-envoy-max-retries',
  'x-envoy-upstream-alt-stat-name',
  'x-envoy-upstream-rq-timeout-ms',
  'x-envoy-upstream-rq-per-try-timeout-ms',
  'x-envoy-upstream-rq-timeout-alt-response',
  'x-envoy-expected-rq-timeout-ms',
  'x-envoy-force-trace',
  'x-envoy-ip-tags',
  'x-envoy-original-url',
  'x-envoy-hedge-on-per-try-timeout',
];
const INTERNAL_AT_EDGE = [
  'x-envoy-decorator-operation',
  'x-envoy-downstream-service-cluster',
  'x-envoy-downstream-service-node',
];

/**
 * What the connection manager changes before it asks for a route: mutations that come first of all, then headers that a client outside the mesh
 * may not set, the route table's `internal_only_headers` among them, and x-forwarded-client-cert where it is not to be trusted.
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_conn_man/header_sanitizing
 */
export function sanitizeHeaders(trace: Tracing, hcm: View): void {
  const { http } = trace;
  if (http === null) return;
  for (const { config } of hcm.list('early_header_mutation_extensions').map(extensionOf))
    applyMutations(trace, config.list('mutations'));
  if (http.headers.size === 0) return;
  if (headerLookup(trace)('x-envoy-internal') !== 'true') {
    const rds = hcm.get('rds')?.string('route_config_name');
    const table = hcm.get('route_config') ?? (rds === undefined ? undefined : trace.proxy.find('route', rds)?.view);
    const own = table?.strings('internal_only_headers') ?? [];
    const names = [...INTERNAL, ...(usesRemoteAddress(trace) ? INTERNAL_AT_EDGE : []), ...own];
    for (const name of names) http.headers.delete(name.toLowerCase());
  }
  const forwards = hcm.string('forward_client_cert_details') ?? 'SANITIZE';
  if (forwards === 'SANITIZE' || (forwards !== 'ALWAYS_FORWARD_ONLY' && clientTls(trace) !== 'mtls'))
    http.headers.delete('x-forwarded-client-cert');
}
