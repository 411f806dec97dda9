import type { Pseudonyms } from './pseudonyms.js';

const CONSTRUCTED = 0x20;
const OCTET_STRING = 0x04;
const SEQUENCE = 0x30;
/** UTF8String, NumericString, PrintableString, TeletexString, IA5String (X.680). */
const STRINGS = new Set([0x0c, 0x12, 0x13, 0x14, 0x16]);
/** rfc822Name, dNSName, uniformResourceIdentifier and iPAddress of a GeneralName (RFC 5280, 4.2.1.6). */
const NAMES = new Set([0x81, 0x82, 0x86]);
const IP_ADDRESS = 0x87;

interface Element {
  readonly tag: number;
  readonly content: Buffer;
  /** Byte behind it. */
  readonly end: number;
}

/** DER with the texts and addresses in it replaced and all lengths made anew; null where it is not whole. */
export function pseudonymousDer(der: Buffer, pseudonyms: Pseudonyms): Buffer | null {
  const elements = elementsOf(der);
  return elements === null ? null : Buffer.concat(elements.map(element => rewritten(element, pseudonyms)));
}

function rewritten({ tag, content }: Element, pseudonyms: Pseudonyms): Buffer {
  if ((tag & CONSTRUCTED) !== 0) return encoded(tag, pseudonymousDer(content, pseudonyms) ?? content);
  if (STRINGS.has(tag) || (NAMES.has(tag) && isAscii(content)))
    return encoded(tag, Buffer.from(pseudonyms.text(content.toString('utf8'))));
  if (tag === IP_ADDRESS && (content.length === 4 || content.length === 16))
    return encoded(tag, Buffer.from(pseudonyms.addresses.encryptBytes([...content])));
  const isNested = tag === OCTET_STRING && content[0] === SEQUENCE;
  return encoded(tag, isNested ? (pseudonymousDer(content, pseudonyms) ?? content) : content);
}

function elementsOf(der: Buffer): Element[] | null {
  const elements: Element[] = [];
  for (let at = 0; at < der.length; ) {
    const element = elementAt(der, at);
    if (element === null) return null;
    elements.push(element);
    at = element.end;
  }
  return elements;
}

function elementAt(der: Buffer, at: number): Element | null {
  const tag = der[at];
  const first = der[at + 1];
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f) return null;
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  if (lengthBytes > 4 || first === 0x80) return null;
  const start = at + 2 + lengthBytes;
  const length = lengthBytes === 0 ? first : der.subarray(at + 2, start).reduce((sum, byte) => sum * 256 + byte, 0);
  const end = start + length;
  return end > der.length ? null : { tag, content: der.subarray(start, end), end };
}

function encoded(tag: number, content: Buffer): Buffer {
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content]);
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return Buffer.concat([Buffer.from([tag, 0x80 | bytes.length, ...bytes]), content]);
}

function isAscii(content: Buffer): boolean {
  return content.every(byte => byte >= 0x20 && byte < 0x7f);
}
