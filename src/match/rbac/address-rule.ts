import type { View } from '../../model/view.js';
import { cidrContains, parseCidr, parseIp } from '../cidr.js';
import { needsInput, type Outcome, unsupported } from '../ternary.js';

/**
 * Matches an address against a `core.v3.CidrRange`, as RBAC's `destination_ip`, `source_ip`, `direct_remote_ip` and
 * `remote_ip` do.
 *
 * @param what the address for people: `the destination address`
 * @param field the request field that gives it: `from.ip`
 */
export function matchAddress(range: View, ip: string | undefined, what: string, field: string): Outcome {
  const cidr = parseCidr(range);
  const shown = `${range.string('address_prefix') ?? ''}/${range.number('prefix_len') ?? 0}`;
  if (cidr === null)
    return { result: unsupported(`the address range ${shown}`), why: `${shown} is not an address range` };
  if (ip === undefined) return { result: needsInput(`${what} (${field})`), why: `${what} is not given` };
  const address = parseIp(ip);
  if (address === null) return { result: false, why: `${what} ${ip} is not an IP address` };
  const result = cidrContains(cidr, address);
  return { result, why: `${what} ${ip} is ${result ? 'in' : 'not in'} ${shown}` };
}
