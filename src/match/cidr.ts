import type { View } from '../model/view.js';
import { addressText, type Ip, parseAddress } from './ip-address.js';

export type { Ip };

/** A range of addresses with the host bits cleared. */
export interface Cidr extends Ip {
  readonly prefixLength: number;
}

const MAPPED = 0xffffn << 32n;

/**
 * Parses an address as a connection shows it: IPv4, IPv6, and IPv4 mapped into IPv6 (`::ffff:10.0.0.7`) as the IPv4 that it stands for.
 * Null for anything else, such as a host name, a zone id or an octet with leading zeros.
 */
export function parseIp(text: string): Ip | null {
  const ip = parseAddress(text);
  if (ip === null || ip.width === 32 || ip.bits >> 32n !== MAPPED >> 32n) return ip;
  return { width: 32, bits: ip.bits & 0xffffffffn };
}

/**
 * Parses a core.v3.CidrRange; null where `address_prefix` is no address. An absent `prefix_len` is 0, which takes every address of the
 * family, and one that is longer than the address is cut to it. A range of mapped addresses stays IPv6 and takes no IPv4, as in Envoy.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/core/v3/address.proto#config-core-v3-cidrrange
 */
export function parseCidr(range: View): Cidr | null {
  const ip = parseAddress(range.string('address_prefix') ?? '');
  return ip === null ? null : masked(ip, range.number('prefix_len') ?? 0);
}

/** Parses `10.0.0.0/8`, or a single address; null for anything else. */
export function cidrOf(text: string): Cidr | null {
  const [address = '', length, ...rest] = text.split('/');
  const ip = parseAddress(address);
  if (ip === null || rest.length > 0) return null;
  if (length === undefined) return masked(ip, ip.width);
  return /^\d{1,3}$/.test(length) && Number(length) <= ip.width ? masked(ip, Number(length)) : null;
}

/** Whether an address is of a range's family and in it. */
export function cidrContains(cidr: Cidr, ip: Ip): boolean {
  return cidr.width === ip.width && (cidr.bits ^ ip.bits) >> BigInt(cidr.width - cidr.prefixLength) === 0n;
}

/** Those of a list of core.v3.CidrRange that contain an address; a range whose `address_prefix` is no address contains none. */
export function rangesWith(ranges: readonly View[], ip: Ip | null): Cidr[] {
  if (ip === null) return [];
  return ranges.map(parseCidr).filter((cidr): cidr is Cidr => cidr !== null && cidrContains(cidr, ip));
}

/** A range as people write it: `10.0.0.0/8`. */
export function cidrText(cidr: Cidr): string {
  return `${addressText(cidr)}/${cidr.prefixLength}`;
}

/** Whether two texts name the same address, however they are written; texts that are no addresses are never the same. */
export function sameIp(a: string, b: string): boolean {
  const left = parseIp(a);
  if (left === null) return false;
  if (a === b) return true;
  const right = parseIp(b);
  return right !== null && left.width === right.width && left.bits === right.bits;
}

function masked(ip: Ip, length: number): Cidr {
  const prefixLength = Math.min(Math.max(Math.trunc(length), 0), ip.width);
  const hostBits = BigInt(ip.width - prefixLength);
  return { width: ip.width, bits: (ip.bits >> hostBits) << hostBits, prefixLength };
}
