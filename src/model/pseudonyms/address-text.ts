import { isIP } from 'node:net';
import type { AddressCipher } from './addresses.js';

/** Four numbers with dots between them, plain or escaped for a regular expression; or with dashes, as in the names of nodes and pods. */
const V4 = String.raw`(?<![A-Za-z0-9.])(?<a>\d{1,3})(?<dot>\\?\.|-)(?<b>\d{1,3})\k<dot>(?<c>\d{1,3})\k<dot>(?<d>\d{1,3})(?:\/(?<bits4>\d{1,2}))?(?![A-Za-z0-9]|\.\d)`;
const V6 = String.raw`(?<![A-Za-z0-9:.])(?<v6>[0-9a-fA-F]{0,4}(?::[0-9a-fA-F.]{0,15}){2,8})(?:\/(?<bits6>\d{1,3}))?(?![A-Za-z0-9:])`;
const ADDRESS = new RegExp(`${V4}|${V6}`, 'g');

/** Most texts hold nothing of the kind. */
const MAY_HOLD = /\d[.\\-]+\d|:.*:/;

/** A text with all IP addresses and ranges in it replaced, and what stands between them as `between` makes it. */
export function replaceAddresses(text: string, cipher: AddressCipher, between: (text: string) => string): string {
  if (!MAY_HOLD.test(text)) return between(text);
  let result = '';
  let end = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const pseudonym = pseudonymOf(match.groups ?? {}, cipher);
    if (pseudonym === null) continue;
    result += between(text.slice(end, match.index)) + pseudonym;
    end = match.index + match[0].length;
  }
  return result + between(text.slice(end));
}

function pseudonymOf(groups: Record<string, string | undefined>, cipher: AddressCipher): string | null {
  const { a, b, c, d, dot = '.', v6, bits4, bits6 } = groups;
  const address = v6 ?? [a, b, c, d].map(Number).join('.');
  if (isIP(address) === 0) return null;
  const bits = bits4 ?? bits6;
  const range = bits === undefined ? null : cipher.encryptRange(address, Number(bits));
  const pseudonym = (range ?? cipher.encrypt(address)).replaceAll('.', dot);
  return bits === undefined ? pseudonym : `${pseudonym}/${bits}`;
}
