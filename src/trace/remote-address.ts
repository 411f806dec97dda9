import type { Tracing } from './tracing.js';

/**
 * The client's address after x-forwarded-for, as `remote_ip` sees it; undefined where nobody gave one.
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_conn_man/headers#x-forwarded-for
 */
export function remoteAddress(trace: Tracing): string | undefined {
  const hcm = trace.terminal?.config;
  const connection = trace.request.from.ip;
  const hops = hcm?.number('xff_num_trusted_hops') ?? 0;
  const forwarded = (trace.http?.headers.get('x-forwarded-for') ?? '')
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== '');
  if (hcm?.boolean('use_remote_address') === true) return hops === 0 ? connection : (forwarded.at(-hops) ?? connection);
  return forwarded.at(-(hops + 1)) ?? connection;
}
