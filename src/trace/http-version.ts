import type { ResolvedRequest } from './request.js';

/** The ALPN name by which a request says that its client speaks HTTP/1.0, over plaintext too. */
export const HTTP_10 = 'http/1.0';

/** Whether the client speaks HTTP/1.0: it says so, and offers no newer version. */
export function isHttp10({ protocol, alpn }: ResolvedRequest): boolean {
  return protocol === 'http' && alpn.includes(HTTP_10) && !alpn.includes('http/1.1');
}
