import type { ProxyConfig } from '../model/proxy.js';
import type { Protocol, Tls } from './request.js';

/** The client's ALPN list by protocol, as Istio's sidecars send it today (istio.alpn and the clusters' own `alpn_protocols`). */
const ISTIO_ALPN: Record<Protocol, readonly string[]> = {
  http: ['istio-http/1.1', 'istio', 'http/1.1'],
  http2: ['istio-h2', 'istio', 'h2'],
  grpc: ['istio-h2', 'istio', 'h2'],
  tcp: ['istio-peer-exchange', 'istio'],
};

/** Before the istio.alpn filter of Istio 1.4. */
const EARLY_ALPN: Record<Protocol, readonly string[]> = {
  http: ['istio'],
  http2: ['istio', 'h2'],
  grpc: ['istio', 'h2'],
  tcp: ['istio'],
};

const PLAIN_TLS_ALPN: Record<Protocol, readonly string[]> = {
  http: ['http/1.1'],
  http2: ['h2'],
  grpc: ['h2'],
  tcp: [],
};

/**
 * The ALPN list that a client sends when the request names none.
 * Rules: Istio's pilot/pkg/networking/util/util.go (ALPNInMeshH2WithMxc and its like), and the istio.alpn filter of istio/proxy,
 * source/extensions/filters/http/alpn.
 */
export function defaultAlpn(tls: Tls, protocol: Protocol, proxy: ProxyConfig): string[] {
  if (tls !== 'mtls') return [...PLAIN_TLS_ALPN[protocol]];
  return [...(isEarlyIstio(proxy) ? EARLY_ALPN : ISTIO_ALPN)[protocol]];
}

function isEarlyIstio(proxy: ProxyConfig): boolean {
  const version = /^(\d+)\.(\d+)/.exec(proxy.node?.istioVersion ?? '');
  return version !== null && Number(version[1]) === 1 && Number(version[2]) < 4;
}
