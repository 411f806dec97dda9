import type { View } from '../../model/view.js';
import { isHttp10 } from '../http-version.js';
import type { Tracing } from '../tracing.js';

/** What the codec cannot read, with the details that Envoy logs. */
export interface CodecProblem {
  readonly why: string;
  readonly details: string;
}

/**
 * Why the chain's codec cannot read what comes; null where it can. HTTP/1 tries an answer of 400 and logs `http1.codec_error`; HTTP/2 ends
 * the connection (source/common/http/conn_manager_impl.cc, handleCodecError).
 */
export function codecProblem({ request, connection }: Tracing, hcm: View): CodecProblem | null {
  const codec = hcm.string('codec_type') ?? 'AUTO';
  const details = codec === 'HTTP2' ? 'codec_error' : 'http1.codec_error';
  const why = unreadable(connection.isTls, request.protocol, codec);
  return why === null ? null : { why, details };
}

function unreadable(isTls: boolean, protocol: string, codec: string): string | null {
  if (isTls) return 'TLS arrives where the chain expects plain HTTP: it cannot be read';
  if (protocol === 'tcp') return 'the bytes are not HTTP: the HTTP connection manager cannot read them';
  if (codec === 'HTTP1' && protocol !== 'http') return 'HTTP/2 arrives and the codec is HTTP1';
  if (codec === 'HTTP2' && protocol === 'http') return 'HTTP/1.1 arrives and the codec is HTTP2';
  return codec === 'HTTP3' ? 'the codec is HTTP3, which comes over QUIC only' : null;
}

/**
 * HTTP/1.0 is refused unless the connection manager says `accept_http_10`.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/core/v3/protocol.proto#config-core-v3-http1protocoloptions
 */
export function refusesHttp10({ request }: Tracing, hcm: View): boolean {
  return isHttp10(request) && hcm.get('http_protocol_options')?.boolean('accept_http_10') !== true;
}

/**
 * The Host that HTTP/1.0 gets where it sends none.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/core/v3/protocol.proto#config-core-v3-http1protocoloptions (`default_host_for_http_10`)
 */
export function defaultHost({ request }: Tracing, hcm: View): string | null {
  const host = hcm.get('http_protocol_options')?.string('default_host_for_http_10') ?? '';
  return isHttp10(request) && host !== '' ? host : null;
}
