import { cidrContains, cidrOf, parseCidr, parseIp } from '../match/cidr.js';
import { isBefore } from './envoy-version.js';
import { runtimeFlag } from './runtime.js';
import type { Tracing } from './tracing.js';

/**
 * The client's address after x-forwarded-for, as `remote_ip` sees it; undefined where nobody gave one.
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_conn_man/headers#x-forwarded-for
 */
export function remoteAddress(trace: Tracing): string | undefined {
  const hcm = trace.terminal?.config;
  const connection = trace.request.from.ip;
  const hops = hcm?.number('xff_num_trusted_hops') ?? 0;
  const forwarded = forwardedFor(trace);
  if (hcm?.boolean('use_remote_address') === true) return hops === 0 ? connection : (forwarded.at(-hops) ?? connection);
  return forwarded.at(-(hops + 1)) ?? connection;
}

/**
 * Whether Envoy sets `x-envoy-internal`: one single address stands in x-forwarded-for (with `use_remote_address` none came, and the
 * client's is added), and it is one of the mesh.
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_conn_man/headers#x-envoy-internal
 */
export function isInternalRequest(trace: Tracing): boolean {
  const addsClient = trace.terminal?.config.boolean('use_remote_address') === true;
  if (forwardedFor(trace).length !== (addsClient ? 0 : 1)) return false;
  const address = remoteAddress(trace);
  return address !== undefined && isInternalAddress(trace, address);
}

function forwardedFor(trace: Tracing): string[] {
  const sent = trace.http?.headers.get('x-forwarded-for') ?? '';
  return sent
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== '');
}

const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '127.0.0.1', 'fd00::/8', '::1'];

/** Without `internal_address_config` the private ranges count until Envoy 1.33, and nothing since. */
function isInternalAddress({ proxy, terminal }: Tracing, address: string): boolean {
  const ip = parseIp(address);
  if (ip === null) return false;
  const config = terminal?.config.get('internal_address_config');
  if (config !== undefined)
    return config.list('cidr_ranges').some(range => {
      const cidr = parseCidr(range);
      return cidr !== null && cidrContains(cidr, ip);
    });
  const isExplicit =
    runtimeFlag(proxy, 'envoy.reloadable_features.explicit_internal_address_config') ??
    !isBefore(proxy, [1, 33], [1, 25]);
  return !isExplicit && PRIVATE.some(range => contains(range, ip));
}

function contains(range: string, ip: NonNullable<ReturnType<typeof parseIp>>): boolean {
  const cidr = cidrOf(range);
  return cidr !== null && cidrContains(cidr, ip);
}
