import { stripPort } from '../match/authority.js';
import { parseIp } from '../match/cidr.js';
import { alpnProtocols } from '../model/transport-socket.js';
import type { View } from '../model/view.js';
import { headerLookup } from './headers.js';
import { httpFilterOf } from './http-filter-of.js';
import type { Tracing } from './tracing.js';

/**
 * `auto_sni` takes the SNI from a header that the options name, else from the host that the upstream gets; an IP address is no SNI, and then
 * the context's own stands (source/common/router/router.cc).
 */
export function upstreamSni(trace: Tracing, context: View): string | null {
  const http =
    protocolOptions(trace)?.get('upstream_http_protocol_options') ??
    trace.clusterResource?.view.get('upstream_http_protocol_options');
  const header = http?.string('override_auto_sni_header') ?? '';
  const named = header === '' ? undefined : headerLookup(trace)(header.toLowerCase());
  const name = stripPort(named || (trace.rewrite.host ?? trace.http?.host ?? ''));
  const isName = name !== '' && parseIp(name.replace(/[[\]]/g, '')) === null;
  return http?.boolean('auto_sni') === true && isName ? name : context.string('sni') || null;
}

/** The cluster's HttpProtocolOptions extension. */
function protocolOptions({ clusterResource }: Tracing): View | undefined {
  const all = clusterResource?.view.entries('typed_extension_protocol_options') ?? [];
  return all.find(([key]) => key.endsWith('HttpProtocolOptions'))?.[1];
}

/**
 * The istio.alpn filter replaces the socket's own ALPN by the protocol's.
 * Rule: AlpnFilter::decodeHeaders in istio/proxy, source/extensions/filters/http/alpn/alpn_filter.cc.
 */
export function upstreamAlpn(trace: Tracing, context: View): string[] {
  const filter = trace.isTcp ? undefined : httpFilterOf(trace, 'alpn');
  const protocol = upstreamProtocol(trace);
  const override = filter?.config
    .list('alpn_override')
    .find(item => (item.string('upstream_protocol') ?? 'HTTP10') === protocol);
  return override?.strings('alpn_override') ?? alpnProtocols(context);
}

/** The protocol towards the upstream, in the alpn filter's words. */
export function upstreamProtocol(trace: Tracing): 'HTTP11' | 'HTTP2' {
  const view = trace.clusterResource?.view;
  const options = protocolOptions(trace);
  if (options?.get('use_downstream_protocol_config') !== undefined)
    return trace.request.protocol === 'http' ? 'HTTP11' : 'HTTP2';
  const explicit = options?.get('explicit_http_config');
  return explicit?.has('http2_protocol_options') === true || view?.has('http2_protocol_options') === true
    ? 'HTTP2'
    : 'HTTP11';
}
