import { normalizeAuthority } from '../../match/authority.js';
import { type NormalizedPath, normalizePath } from '../../match/normalize-path.js';
import type { Extension } from '../../model/extension.js';
import { withoutSecretText } from '../../model/redact/secret-text.js';
import type { View } from '../../model/view.js';
import { isBefore } from '../envoy-version.js';
import { placeIn } from '../evidence.js';
import { noteRewrites } from '../header-target.js';
import { isGrpc } from '../headers.js';
import { HttpRequest } from '../own.js';
import type { Tracing } from '../tracing.js';
import { codecProblem, defaultHost, refusesHttp10 } from './http-codec.js';
import { headerProblem, receivedHeaders, sanitizeHeaders } from './request-headers.js';
import { targetOf, withoutFragment } from './request-target.js';

/**
 * Reads the connection as HTTP: codec, authority and path before anything is routed, in Envoy's order
 * (source/common/http/conn_manager_impl.cc, decodeHeaders).
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/filters/network/http_connection_manager/v3/http_connection_manager.proto
 */
export function connectionManager(trace: Tracing, { config }: Extension): boolean {
  const garbled = codecProblem(trace, config);
  if (garbled !== null) {
    rejectIn(trace, config, garbled.why);
    trace.finish('protocol_error', garbled.why, { responseCodeDetails: garbled.details });
  } else readRequest(trace, config);
  return true;
}

function readRequest(trace: Tracing, hcm: View): void {
  const problem = headerProblem(trace.request, hcm);
  if (problem !== null) {
    if (problem.code === null) resetStream(trace, hcm, problem.details, problem.why);
    else answerBadRequest(trace, hcm, [problem.code, problem.details], problem.why);
    return;
  }
  if (refusesHttp10(trace, hcm)) {
    answerBadRequest(trace, hcm, [426, 'low_version'], 'the client speaks HTTP/1.0 and accept_http_10 is not set');
    return;
  }
  const target = targetOf(trace, hcm);
  const authority = target.host ?? defaultHost(trace, hcm);
  if (authority === null) {
    answerBadRequest(trace, hcm, [400, 'missing_host_header'], 'the request has no Host (authority)');
    return;
  }
  const host = normalizeAuthority(hcm, authority, trace.request.port);
  if (trace.request.method === 'CONNECT') accept(trace, hcm, host, target.path);
  else readPath(trace, hcm, host, target.path);
}

function readPath(trace: Tracing, hcm: View, host: string, path: string): void {
  if (!path.startsWith('/')) {
    const why = `the path ${withoutSecretText(path)} does not begin with a slash`;
    answerBadRequest(trace, hcm, [404, 'absolute_path_rejected'], why);
    return;
  }
  const whole = withoutFragment(trace, path);
  const normalized = whole === null ? FRAGMENT : normalizePath(hcm, whole);
  if (normalized.kind === 'rejected') {
    answerBadRequest(trace, hcm, [400, 'path_normalization_failed'], normalized.why);
    return;
  }
  accept(trace, hcm, host, normalized.path);
  if (normalized.kind === 'redirect') redirectToPath(trace, hcm, normalized.path);
}

const FRAGMENT: NormalizedPath = { kind: 'rejected', why: 'the path has a fragment (#)' };

/** What routing sees; the upstream gets the same, but that CONNECT keeps its port. */
function accept(trace: Tracing, hcm: View, host: string, path: string): void {
  trace.http = new HttpRequest(trace.own, host, receivedHeaders(trace.request, hcm));
  trace.http.path = path;
  sanitizeHeaders(trace, hcm);
  noteRewrites(trace);
  if (trace.request.method === 'CONNECT') trace.rewrite.host = null;
}

/** The Location is the path alone. gRPC clients follow no redirects: they get a 400. */
function redirectToPath(trace: Tracing, hcm: View, path: string): void {
  if (isGrpc(trace)) {
    const why = 'escaped slashes are answered with a redirect, which gRPC does not follow';
    answerBadRequest(trace, hcm, [400, 'path_normalization_failed'], why);
    return;
  }
  const why = `escaped slashes are answered with a redirect to ${withoutSecretText(path)}`;
  trace.redirect = { url: path, code: 307 };
  rejectIn(trace, hcm, why);
  trace.finish('redirect', why, { responseCode: 307, responseCodeDetails: 'path_normalization_failed' });
}

function answerBadRequest(trace: Tracing, hcm: View, [code, details]: readonly [number, string], why: string): void {
  rejectIn(trace, hcm, why);
  trace.finish('bad_request', why, { responseCode: code, responseCodeDetails: details });
}

/**
 * Envoy takes the reset that its own codec sends for the client's, so that the flag is that of remote resets since there is one
 * (source/common/http/http2/codec_impl.cc, onStreamClose; source/common/http/conn_manager_impl.cc, onResetStream).
 */
function resetStream(trace: Tracing, hcm: View, responseCodeDetails: string, problem: string): void {
  const why = `${problem}: over HTTP/2 the stream is reset`;
  rejectIn(trace, hcm, why);
  const responseFlag = isBefore(trace.proxy, [1, 30], [1, 22]) ? null : 'DR';
  trace.finish('protocol_error', why, { responseFlag, responseCodeDetails });
}

function rejectIn(trace: Tracing, hcm: View, why: string): void {
  trace.step('network-filters', 'rejected', { ...placeIn(trace.listener, hcm.pointer), why });
}
