import { oncePer } from '../model/once.js';
import type { ProxyConfig } from '../model/proxy.js';
import { likeness } from './likeness.js';
import type { TraceRequest } from './request.js';
import { type Resolved, resolveRequest } from './resolve.js';

/** More kinds of requests than have some thousand destinations are not remembered. */
const MOST = 20_000;

const resolvedThrough = oncePer((_: ProxyConfig) => new Map<string, Resolved>());

/**
 * The same as {@link resolveRequest}, worked out once for requests that differ in id and path only: of these nothing depends on the proxy.
 * Throws RequestError where the request cannot be read.
 */
export function resolveOnce(
  request: TraceRequest,
  proxy: ProxyConfig,
  position: number,
  assumed: readonly string[],
): Resolved {
  const { id, path } = request;
  if (!isText(id) || !isText(path)) return resolveRequest(request, proxy, position, assumed);
  const known = resolvedThrough(proxy);
  const key = keyOf(request, proxy, assumed);
  let resolved = known.get(key);
  if (resolved === undefined) {
    const { id: _, path: __, ...rest } = request;
    resolved = resolveRequest(rest, proxy, position, assumed);
    if (known.size < MOST) known.set(key, resolved);
  }
  const own = { id: id ?? String(position), path: path || resolved.request.path };
  return { ...resolved, request: { ...resolved.request, ...own } };
}

function isText(value: unknown): boolean {
  return value === undefined || typeof value === 'string';
}

/** Entries that turn out to be no JSON change what the proxy tells. */
function keyOf(request: TraceRequest, proxy: ProxyConfig, assumed: readonly string[]): string {
  let key = likeness([assumed, proxy.damage.length]);
  for (const [field, value] of Object.entries(request)) {
    if (field !== 'id' && field !== 'path') key += likeness(field) + likeness(value);
  }
  return key;
}
