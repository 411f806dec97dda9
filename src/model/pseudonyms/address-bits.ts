import { isIP } from 'node:net';

/** The bytes of an IP address, 4 or 16; null where the text is none. */
export function addressBytes(text: string): number[] | null {
  const family = isIP(text);
  if (family === 4) return text.split('.').map(Number);
  return family === 6 && !text.includes('%') ? sixteenBytes(text) : null;
}

function sixteenBytes(text: string): number[] {
  const [head = '', tail] = text.split('::');
  const front = groups(head);
  const back = tail === undefined ? [] : groups(tail);
  return [...front, ...Array.from({ length: 16 - front.length - back.length }, () => 0), ...back];
}

/** The bytes of groups between colons, of which the last may be an IPv4 address. */
function groups(text: string): number[] {
  if (text === '') return [];
  return text.split(':').flatMap(group => {
    if (group.includes('.')) return group.split('.').map(Number);
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 0xff];
  });
}

/** An address in the shortest form of RFC 5952, for IPv4 that of inet_ntoa. */
export function formatBytes(bytes: readonly number[]): string {
  if (bytes.length === 4) return bytes.join('.');
  const values = Array.from({ length: 8 }, (_, at) => ((bytes[2 * at] ?? 0) << 8) | (bytes[2 * at + 1] ?? 0));
  const text = values.map(value => value.toString(16)).join(':');
  const zeros = [...text.matchAll(/(?:^|:)(?:0(?::|$)){2,}/g)].map(([run]) => run);
  const longest = zeros.sort((a, b) => b.length - a.length)[0];
  return longest === undefined ? text : text.replace(longest, '::');
}

/** The bit at a position, the first being the highest of the first byte. */
export function bitAt(bytes: readonly number[], at: number): number {
  return ((bytes[at >> 3] ?? 0) >> (7 - (at & 7))) & 1;
}

/** Bytes with all bits behind the first `length` cleared. */
export function maskedBytes(bytes: readonly number[], length: number): number[] {
  return bytes.map((byte, at) => byte & (0xff << Math.max(0, 8 - Math.max(0, length - 8 * at))) & 0xff);
}
