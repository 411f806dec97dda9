import type { ResolvedRequest } from './request.js';

/** The ALPN name by which a plaintext request, which negotiates nothing, says that its client speaks HTTP/1.0. */
export const HTTP_10 = 'http/1.0';

/** Whether the client speaks HTTP/1.0, as NGINX does towards its upstreams unless told otherwise. */
export function isHttp10({ protocol, tls, alpn }: ResolvedRequest): boolean {
  return protocol === 'http' && tls === 'plaintext' && alpn.includes(HTTP_10);
}
