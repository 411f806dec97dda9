import { unknownPart } from '../../match/partial-text.js';
import { extensionOf } from '../../model/extension.js';
import type { View } from '../../model/view.js';
import { forwardedClientCert } from '../forwarded-client-cert.js';
import { applyMutations } from '../header-mutations.js';
import { isInternalRequest, usesRemoteAddress } from '../remote-address.js';
import type { ResolvedRequest } from '../request.js';
import type { Tracing } from '../tracing.js';
import { requestedUpgrade } from './upgrade.js';

const MOST_HEADERS = 100;

/** Why the codec does not take the request's headers, with code and details; the code is null where it resets the stream without an answer. */
export interface HeaderProblem {
  readonly code: number | null;
  readonly details: string;
  readonly why: string;
}

/**
 * Limits of the codec: too many headers, or names with underscores where those are refused (`common_http_protocol_options`). HTTP/1 answers for
 * them, HTTP/2 resets the stream (saveHeader in source/common/http/http2/codec_impl.cc).
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/core/v3/protocol.proto#config-core-v3-httpprotocoloptions
 */
export function headerProblem(request: ResolvedRequest, hcm: View): HeaderProblem | null {
  const options = hcm.get('common_http_protocol_options');
  const most = options?.number('max_headers_count') ?? MOST_HEADERS;
  const codec = request.protocol === 'http' ? 'http1' : 'http2';
  const count = codec === 'http1' ? headersOfHttp1(request) : headersOfHttp2(request);
  if (count > most) {
    const why = `the request has ${count} headers, of ${most} allowed`;
    return { code: codec === 'http1' ? 431 : null, details: `${codec}.too_many_headers`, why };
  }
  const named = [...request.headers.keys()].find(name => name.includes('_'));
  if (named === undefined || options?.string('headers_with_underscores_action') !== 'REJECT_REQUEST') return null;
  const why = `header ${named} has an underscore, and headers_with_underscores_action is REJECT_REQUEST`;
  return { code: codec === 'http1' ? 400 : null, details: `${codec}.unexpected_underscore`, why };
}

/** Host among them. */
function headersOfHttp1({ headers }: ResolvedRequest): number {
  return [...headers.values()].reduce((sum, values) => sum + values.length, 1);
}

/** Pseudo-headers among them, of which CONNECT has no scheme and no path; cookies are put together and added at the end. */
function headersOfHttp2({ headers, host, method }: ResolvedRequest): number {
  const pseudo = (method === 'CONNECT' ? 1 : 3) + (host === null ? 0 : 1);
  return [...headers].reduce((sum, [name, values]) => sum + (name === 'cookie' ? 0 : values.length), pseudo);
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

/** What concerns one connection alone, or only this Envoy may say. */
const OF_ONE_HOP = ['x-envoy-internal', 'keep-alive', 'proxy-connection', 'transfer-encoding'];
const OF_UPGRADE = ['connection', 'upgrade'];

/**
 * What the connection manager changes before it asks for a route, in the order of mutateRequestHeaders
 * (source/common/http/conn_manager_utility.cc): mutations that come first of all, headers of one connection, headers that a client outside the
 * mesh may not set, the route table's `internal_only_headers` among them, then x-request-id and x-forwarded-client-cert.
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_conn_man/header_sanitizing
 */
export function sanitizeHeaders(trace: Tracing, hcm: View): void {
  const { http } = trace;
  if (http === null) return;
  const { headers } = http;
  for (const { config } of hcm.list('early_header_mutation_extensions').map(extensionOf))
    applyMutations(trace, config.list('mutations'));
  removeAll(headers, [...OF_ONE_HOP, ...(requestedUpgrade(headers) === null ? OF_UPGRADE : [])]);
  const isInternal = isInternalRequest(trace);
  if (isInternal) headers.set('x-envoy-internal', 'true');
  else removeInternal(trace, hcm, headers);
  if (generatesId(headers, hcm, usesRemoteAddress(trace) && !isInternal)) headers.set('x-request-id', GENERATED_ID);
  const certificate = forwardedClientCert(trace, hcm, headers.get('x-forwarded-client-cert'));
  if (certificate === undefined) headers.delete('x-forwarded-client-cert');
  else headers.set('x-forwarded-client-cert', certificate);
}

const GENERATED_ID = unknownPart('the x-request-id that Envoy generates');

/**
 * At the edge an outside client's own is replaced, unless it is to be preserved. Another extension than UUIDs may use another header.
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_conn_man/headers#x-request-id
 */
function generatesId(headers: ReadonlyMap<string, string>, hcm: View, isEdge: boolean): boolean {
  const extension = hcm.get('request_id_extension');
  if (!hcm.boolean('generate_request_id', true)) return false;
  if (extension !== undefined && extensionOf(extension).kind !== 'uuid') return false;
  return !headers.has('x-request-id') || (isEdge && !hcm.boolean('preserve_external_request_id'));
}

function removeInternal(trace: Tracing, hcm: View, headers: Map<string, string>): void {
  if (headers.size === 0) return;
  const rds = hcm.get('rds')?.string('route_config_name');
  const table = hcm.get('route_config') ?? (rds === undefined ? undefined : trace.proxy.find('route', rds)?.view);
  const own = table?.strings('internal_only_headers') ?? [];
  removeAll(headers, [...INTERNAL, ...(usesRemoteAddress(trace) ? INTERNAL_AT_EDGE : []), ...own]);
}

function removeAll(headers: Map<string, string>, names: readonly string[]): void {
  for (const name of names) headers.delete(name.toLowerCase());
}
