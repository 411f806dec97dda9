import type { View } from '../../model/view.js';
import { isSince } from '../envoy-version.js';
import { runtimeFlag } from '../runtime.js';
import type { Tracing } from '../tracing.js';

/** Authority and path as the codec hands them over. */
export interface RequestTarget {
  readonly host: string | null;
  readonly path: string;
}

const REJECTS_FRAGMENT = 'envoy.reloadable_features.http_reject_path_with_fragment';

/**
 * The request line of HTTP/1 may hold a whole URL, as a client of a forward proxy sends it: its authority wins over Host
 * (Http1ProtocolOptions.allow_absolute_url, on by default; RFC 9112 section 3.2.2).
 */
export function targetOf({ request }: Tracing, hcm: View): RequestTarget {
  const { host, path } = request;
  const url = request.protocol === 'http' ? /^https?:\/\/([^/?#]+)(.*)$/i.exec(path) : null;
  const isAllowed = hcm.get('http_protocol_options')?.boolean('allow_absolute_url', true) ?? true;
  if (url?.[1] === undefined || !isAllowed) return { host, path };
  const rest = url[2] ?? '';
  return { host: url[1], path: rest.startsWith('/') ? rest : `/${rest}` };
}

/**
 * The path without its fragment; null where Envoy answers 400 for it, as it does since 1.20 unless the runtime says otherwise. Istio's
 * bootstraps do say otherwise (https://istio.io/latest/news/security/istio-security-2021-008/).
 */
export function withoutFragment({ proxy }: Tracing, path: string): string | null {
  const at = path.indexOf('#');
  if (at < 0) return path;
  if (runtimeFlag(proxy, REJECTS_FRAGMENT) === false) return path.slice(0, at);
  return isSince(proxy, [1, 20], [1, 12]) ? null : path;
}
