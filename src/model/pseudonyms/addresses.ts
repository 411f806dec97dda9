import { createHmac } from 'node:crypto';
import { addressBytes, bitAt, formatBytes, maskedBytes } from './address-bits.js';

/** Ranges that mean something to Envoy or Istio, which an address must not leave or enter. */
interface Range {
  readonly network: readonly number[];
  readonly length: number;
  /** Every address in it has a meaning of its own, and stays. */
  readonly isFixed: boolean;
}

function range(cidr: string, isFixed: boolean): Range {
  const [address = '', length = '0'] = cidr.split('/');
  return { network: addressBytes(address) ?? [], length: Number(length), isFixed };
}

/** https://www.iana.org/assignments/iana-ipv4-special-registry, iana-ipv6-special-registry; Istio's automatic addresses are in 240.240/16 and 2001:2::/48. */
const RANGES: readonly Range[] = [
  ...['0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '224.0.0.0/4', '255.255.255.255/32'].map(cidr => range(cidr, true)),
  ...['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '240.240.0.0/16'].map(cidr =>
    range(cidr, false),
  ),
  ...['::/96', 'fe80::/10', 'ff00::/8'].map(cidr => range(cidr, true)),
  ...['fc00::/7', '2001:2::/48'].map(cidr => range(cidr, false)),
];

const MAPPED = range('::ffff:0:0/96', false);

/**
 * Turns IP addresses into others under a secret key. Two addresses share a prefix of some length exactly when their
 * pseudonyms do, so that whatever lies in a CIDR range still does; private, loopback and link-local ranges stay their own.
 * Method: Xu, Fan, Ammar, Moon, Prefix-Preserving IP Address Anonymization (2002), with fixed paths to the special ranges.
 */
export class AddressCipher {
  private readonly known = new Map<string, string>();

  constructor(private readonly key: string) {}

  /** The pseudonym of an address; the text itself where it is none. */
  encrypt(text: string): string {
    let pseudonym = this.known.get(text);
    if (pseudonym === undefined) {
      const bytes = addressBytes(text);
      pseudonym = bytes === null ? text : formatBytes(this.encryptBytes(bytes));
      this.known.set(text, pseudonym);
    }
    return pseudonym;
  }

  /** Every address that was replaced so far, and what it became. */
  replaced(): [address: string, pseudonym: string][] {
    return [...this.known].filter(([address, pseudonym]) => address !== pseudonym);
  }

  /** The pseudonym of a range, given by an address and the length of the prefix; null where that is no range. */
  encryptRange(text: string, length: number): string | null {
    const bytes = addressBytes(text);
    if (bytes === null || !Number.isInteger(length) || length < 0 || length > 8 * bytes.length) return null;
    const isMasked = maskedBytes(bytes, length).join() === bytes.join();
    const pseudonym = this.encryptBytes(bytes);
    return formatBytes(isMasked ? maskedBytes(pseudonym, length) : pseudonym);
  }

  /** The same for an address in its 4 or 16 bytes. */
  encryptBytes(bytes: readonly number[]): number[] {
    if (bytes.length === 16 && isIn(bytes, MAPPED, 96))
      return [...bytes.slice(0, 12), ...this.encryptBytes(bytes.slice(12))];
    const next = [...bytes];
    for (let at = 0; at < 8 * bytes.length; at++) {
      if (!isFixedAt(bytes, at) && this.flips(bytes, at)) next[at >> 3] = (next[at >> 3] ?? 0) ^ (0x80 >> (at & 7));
    }
    return next;
  }

  private flips(bytes: readonly number[], at: number): boolean {
    const prefix = formatBytes(maskedBytes(bytes, at));
    const hash = createHmac('sha256', this.key).update(`address:${prefix}/${at}`).digest();
    return ((hash[0] ?? 0) & 1) === 1;
  }
}

/** Whether the bit at a position keeps its value: on the way to a range, or inside one that is fixed. */
function isFixedAt(bytes: readonly number[], at: number): boolean {
  return RANGES.some(special => {
    if (special.network.length !== bytes.length) return false;
    return at < special.length ? isIn(bytes, special, at) : special.isFixed && isIn(bytes, special, special.length);
  });
}

function isIn(bytes: readonly number[], { network }: Range, length: number): boolean {
  for (let at = 0; at < length; at++) if (bitAt(bytes, at) !== bitAt(network, at)) return false;
  return true;
}
