import { normalizeAuthority } from '../../match/authority.js';
import { normalizePath } from '../../match/normalize-path.js';
import type { Extension } from '../../model/extension.js';
import type { View } from '../../model/view.js';
import type { Tracing } from '../tracing.js';

/**
 * Reads the connection as HTTP: codec, authority and path before anything is routed.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/filters/network/http_connection_manager/v3/http_connection_manager.proto
 */
export function connectionManager(trace: Tracing, { config }: Extension): boolean {
  const { request } = trace;
  const garbled = codecProblem(trace, config);
  if (garbled !== null) {
    rejectIn(trace, config, garbled);
    trace.finish(
      'protocol_error',
      garbled,
      request.protocol === 'tcp' || trace.connection.isTls ? {} : { responseCodeDetails: 'http2.codec_error' },
    );
    return true;
  }
  if (request.host === null) {
    answerBadRequest(trace, config, 400, 'missing_host_header', 'the request has no Host (authority)');
    return true;
  }
  const host = normalizeAuthority(config, request.host, request.port);
  if (request.method === 'CONNECT') {
    trace.http = { host, path: request.path, headers: joined(trace) };
    return true;
  }
  if (!request.path.startsWith('/') && !(request.method === 'OPTIONS' && request.path === '*')) {
    answerBadRequest(
      trace,
      config,
      404,
      'absolute_path_rejected',
      `the path ${request.path} does not begin with a slash`,
    );
    return true;
  }
  const normalized = normalizePath(config, request.path);
  if (normalized.kind === 'rejected') {
    answerBadRequest(trace, config, 400, 'path_normalization_failed', normalized.why);
    return true;
  }
  trace.http = { host, path: normalized.path, headers: joined(trace) };
  if (host !== request.host) trace.rewrite.host = host;
  if (normalized.path !== request.path) trace.rewrite.path = normalized.path;
  if (normalized.kind === 'redirect') {
    const url = `${request.tls === 'plaintext' ? 'http' : 'https'}://${host}${normalized.path}`;
    trace.redirect = { url, code: 307 };
    trace.finish('redirect', `escaped slashes are answered with a redirect to ${url}`, {
      responseCode: 307,
      responseCodeDetails: 'path_normalization_failed',
    });
  }
  return true;
}

/** Why the chain's codec cannot read what comes; null where it can. */
function codecProblem({ request, connection }: Tracing, hcm: View): string | null {
  if (connection.isTls) return 'TLS arrives where the chain expects plain HTTP: it cannot be read';
  if (request.protocol === 'tcp') return 'the bytes are not HTTP: the HTTP connection manager cannot read them';
  const codec = hcm.string('codec_type') ?? 'AUTO';
  if (codec === 'HTTP1' && request.protocol !== 'http') return 'HTTP/2 arrives and the codec is HTTP1';
  if (codec === 'HTTP2' && request.protocol === 'http') return 'HTTP/1.1 arrives and the codec is HTTP2';
  return codec === 'HTTP3' ? 'the codec is HTTP3, which comes over QUIC only' : null;
}

function answerBadRequest(trace: Tracing, hcm: View, responseCode: number, details: string, why: string): void {
  rejectIn(trace, hcm, why);
  trace.finish('bad_request', why, { responseCode, responseCodeDetails: details });
}

function rejectIn(trace: Tracing, hcm: View, why: string): void {
  trace.step('network-filters', 'rejected', { pointer: hcm.pointer, why });
}

function joined({ request }: Tracing): Map<string, string> {
  return new Map([...request.headers].map(([name, values]) => [name, values.join(name === 'cookie' ? '; ' : ',')]));
}
