import { cidrContains, cidrOf, parseIp, rangesWith } from '../match/cidr.js';
import { type Extension, extensionOf } from '../model/extension.js';
import type { View } from '../model/view.js';
import { isBefore } from './envoy-version.js';
import { runtimeFlag } from './runtime.js';
import type { Tracing } from './tracing.js';

/** A client's address, and whether it may show that the request is internal. */
interface Detected {
  readonly address: string | undefined;
  readonly isTrusted: boolean;
}

const NOTHING: Detected = { address: undefined, isTrusted: false };

/**
 * The client's address after x-forwarded-for, as `remote_ip` sees it; undefined where nobody gave one.
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_conn_man/headers#x-forwarded-for
 */
export function remoteAddress(trace: Tracing): string | undefined {
  return detect(trace).address ?? trace.request.from.ip;
}

/**
 * Whether Envoy sets `x-envoy-internal`: one single address stands in x-forwarded-for (with `use_remote_address` none came, and the
 * client's is added), and it is one of the mesh.
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_conn_man/headers#x-envoy-internal
 */
export function isInternalRequest(trace: Tracing): boolean {
  const { address, isTrusted } = detect(trace);
  return isTrusted && address !== undefined && isInternalAddress(trace, address);
}

/** Whether the connection manager is the first one of the mesh that the request meets (`use_remote_address`). */
export function usesRemoteAddress({ terminal }: Tracing): boolean {
  return terminal?.config.boolean('use_remote_address') === true;
}

/** Whether it trusts no proxy in front of it, so that what came in forwarding headers is overwritten. */
export function trustsNobody(trace: Tracing): boolean {
  return usesRemoteAddress(trace) && (trace.terminal?.config.number('xff_num_trusted_hops') ?? 0) === 0;
}

/** In the order of mutateRequestHeaders (source/common/http/conn_manager_utility.cc). */
function detect(trace: Tracing): Detected {
  const hops = trace.terminal?.config.number('xff_num_trusted_hops') ?? 0;
  if (usesRemoteAddress(trace)) {
    const forwarded = forwardedFor(trace);
    const told = hops === 0 ? undefined : addressAt(forwarded, hops - 1);
    return { address: told ?? trace.request.from.ip, isTrusted: forwarded.length === 0 };
  }
  const extensions = trace.terminal?.config.list('original_ip_detection_extensions').map(extensionOf) ?? [];
  if (extensions.length === 0) return byHops(trace, hops);
  return (
    extensions.map(extension => byExtension(trace, extension)).find(({ address }) => address !== undefined) ?? NOTHING
  );
}

function byHops(trace: Tracing, hops: number): Detected {
  const forwarded = forwardedFor(trace);
  return { address: addressAt(forwarded, hops), isTrusted: forwarded.length === 1 };
}

/**
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/http/original_ip_detection/xff/v3/xff.proto,
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/http/original_ip_detection/custom_header/v3/custom_header.proto
 */
function byExtension(trace: Tracing, { kind, config }: Extension): Detected {
  if (kind === 'custom_header') {
    const [value] = (trace.http?.headers.get(config.string('header_name')?.toLowerCase() ?? '') ?? '').split(',');
    const address = parseIp(value ?? '') === null ? undefined : value;
    return { address, isTrusted: config.boolean('allow_extension_to_set_address_as_trusted') };
  }
  if (kind !== 'xff') return NOTHING;
  const trusted = config.get('xff_trusted_cidrs');
  return trusted === undefined ? byHops(trace, config.number('xff_num_trusted_hops') ?? 0) : byRanges(trace, trusted);
}

/** Only a trusted connection may tell another address: its last one, or with `recurse` the last one that is not trusted itself. */
function byRanges(trace: Tracing, trusted: View): Detected {
  const isTrusted = (address: string) => rangesWith(trusted.list('cidrs'), parseIp(address)).length > 0;
  const forwarded = forwardedFor(trace);
  const { ip } = trace.request.from;
  if (ip === undefined || !isTrusted(ip)) return NOTHING;
  const last = trusted.boolean('recurse') ? forwarded.findLast(address => !isTrusted(address)) : forwarded.at(-1);
  return { address: last ?? forwarded[0], isTrusted: forwarded.length === 1 };
}

/** The address so many places before the last one; undefined where there are fewer, or where it is none. */
function addressAt(forwarded: readonly string[], before: number): string | undefined {
  const address = forwarded.at(-(before + 1));
  return address === undefined || parseIp(address) === null ? undefined : address;
}

function forwardedFor(trace: Tracing): string[] {
  const sent = trace.http?.headers.get('x-forwarded-for') ?? '';
  return sent
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== '');
}

const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '127.0.0.1', 'fd00::/8', '::1'].map(cidrOf);

/** Without `internal_address_config` the private ranges count until Envoy 1.33, and nothing since. */
function isInternalAddress({ proxy, terminal }: Tracing, address: string): boolean {
  const ip = parseIp(address);
  const config = terminal?.config.get('internal_address_config');
  if (config !== undefined) return rangesWith(config.list('cidr_ranges'), ip).length > 0;
  const isExplicit =
    runtimeFlag(proxy, 'envoy.reloadable_features.explicit_internal_address_config') ??
    !isBefore(proxy, [1, 33], [1, 25]);
  return !isExplicit && ip !== null && PRIVATE.some(range => range !== null && cidrContains(range, ip));
}
