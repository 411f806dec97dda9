/** An IP address as a number; `width` is its length in bits, 32 or 128. */
export interface Ip {
  readonly width: 32 | 128;
  readonly bits: bigint;
}

const OCTET = '(0|[1-9]\\d{0,2})';
const IPV4 = new RegExp(`^${OCTET}\\.${OCTET}\\.${OCTET}\\.${OCTET}$`);

/** Parses an address as inet_pton does: IPv4 in four decimal octets, IPv6 by RFC 4291. Null for anything else. */
export function parseAddress(text: string): Ip | null {
  const bits = text.includes(':') ? ipv6(text) : ipv4(text);
  return bits === null ? null : { width: text.includes(':') ? 128 : 32, bits };
}

/** The address in its usual form; IPv6 by RFC 5952. */
export function addressText({ width, bits }: Ip): string {
  const size = width === 32 ? 8 : 16;
  const count = width / size;
  const parts = Array.from({ length: count }, (_, index) =>
    Number((bits >> BigInt(size * (count - 1 - index))) & ((1n << BigInt(size)) - 1n)),
  );
  return width === 32 ? parts.join('.') : shortened(parts.map(part => part.toString(16)));
}

function ipv4(text: string): bigint | null {
  const match = IPV4.exec(text);
  if (match === null) return null;
  let bits = 0;
  for (let i = 1; i <= 4; i++) {
    const octet = Number(match[i]);
    if (octet > 255) return null;
    bits = bits * 256 + octet;
  }
  return BigInt(bits);
}

function ipv6(text: string): bigint | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const [head, tail] = halves.map((half, index) => groups(half, index === halves.length - 1));
  if (head === undefined || head === null || tail === null) return null;
  if (tail === undefined) return head.length === 8 ? joined(head) : null;
  const missing = 8 - head.length - tail.length;
  return missing < 1 ? null : joined([...head, ...Array<number>(missing).fill(0), ...tail]);
}

/** The 16-bit groups of one side of `::`; the last two may be written as an IPv4 address. */
function groups(half: string, isLast: boolean): number[] | null {
  if (half === '') return [];
  const result: number[] = [];
  const parts = half.split(':');
  for (const [index, part] of parts.entries()) {
    const embedded = isLast && index === parts.length - 1 && part.includes('.') ? ipv4(part) : null;
    if (embedded !== null) result.push(Number(embedded >> 16n), Number(embedded & 0xffffn));
    else if (/^[\da-f]{1,4}$/i.test(part)) result.push(Number.parseInt(part, 16));
    else return null;
  }
  return result;
}

function joined(parts: readonly number[]): bigint {
  return parts.reduce((bits, part) => (bits << 16n) | BigInt(part), 0n);
}

/** Replaces the first of the longest runs of two or more zero groups by `::`. */
function shortened(parts: readonly string[]): string {
  const runs = [
    ...parts
      .map(part => (part === '0' ? '0' : 'x'))
      .join('')
      .matchAll(/0{2,}/g),
  ];
  const longest = runs.reduce<RegExpMatchArray | undefined>(
    (best, run) => (best === undefined || run[0].length > best[0].length ? run : best),
    undefined,
  );
  if (longest?.index === undefined) return parts.join(':');
  const head = parts.slice(0, longest.index).join(':');
  return `${head}::${parts.slice(longest.index + longest[0].length).join(':')}`;
}
