import { isObject } from '../decode/json.js';
import { parseIp } from '../match/cidr.js';
import type { From, TraceRequest } from './request.js';
import { RequestError } from './target.js';

/** What a field holds: text, an IP address, a whole number from a smallest to a largest one, one of some words, a list of text, or named values. */
type Kind =
  | { readonly is: 'text' | 'ip' | 'texts' | 'headers' | 'mapping' | 'from' }
  | { readonly is: 'number'; readonly least: number; readonly most?: number }
  | { readonly is: 'word'; readonly words: readonly string[] };

const TEXT: Kind = { is: 'text' };
const IP: Kind = { is: 'ip' };
const PORT: Kind = { is: 'number', least: 1, most: 65535 };

const FIELDS: Readonly<Record<keyof TraceRequest, Kind>> = {
  id: TEXT,
  proxy: TEXT,
  to: TEXT,
  ip: IP,
  port: PORT,
  direction: { is: 'word', words: ['outbound', 'inbound', 'gateway'] },
  protocol: { is: 'word', words: ['http', 'http2', 'grpc', 'tcp'] },
  tls: { is: 'word', words: ['plaintext', 'tls', 'mtls'] },
  sni: TEXT,
  alpn: { is: 'texts' },
  host: TEXT,
  path: TEXT,
  method: TEXT,
  headers: { is: 'headers' },
  claims: { is: 'mapping' },
  from: { is: 'from' },
  random: { is: 'number', least: 0 },
};

const FROM_FIELDS: Readonly<Record<keyof From, Kind>> = {
  ip: IP,
  port: PORT,
  directIp: IP,
  principal: TEXT,
  namespace: TEXT,
};

/** A field that nothing reads, and the fields that stand where it does. */
export interface UnknownField {
  /** Where it stands: empty, or `from.`. */
  readonly prefix: string;
  readonly name: string;
  readonly known: readonly string[];
}

/** The fields of a request that mean nothing, in the order in which they stand there. */
export function unknownFields(request: object): UnknownField[] {
  const from = 'from' in request && isObject(request.from) ? request.from : {};
  return [...unknownIn(request, FIELDS, ''), ...unknownIn(from, FROM_FIELDS, 'from.')];
}

function unknownIn(object: object, fields: Readonly<Record<string, Kind>>, prefix: string): UnknownField[] {
  const known = Object.keys(fields);
  const unknown = Object.keys(object).filter(name => !Object.hasOwn(fields, name));
  return unknown.map(name => ({ prefix, name, known }));
}

/**
 * A request with each field as it is meant: YAML reads `7` as a number where text is wanted, and what is left empty as null.
 * Throws {@link RequestError} for a field that cannot be what it should.
 */
export function writtenRequest(request: TraceRequest): TraceRequest {
  return readFields(request, FIELDS, '');
}

function readFields(object: object, fields: Readonly<Record<string, Kind>>, prefix: string): object {
  const read: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(object)) {
    const kind = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (kind !== undefined && value !== null && value !== undefined) read[name] = readField(prefix + name, value, kind);
  }
  return read;
}

function readField(name: string, value: unknown, kind: Kind): unknown {
  switch (kind.is) {
    case 'text':
      return isScalar(value) ? String(value) : refuse(name, value, 'text');
    case 'ip':
      return isScalar(value) && parseIp(String(value)) !== null
        ? String(value)
        : refuse(name, value, 'an IP address: 10.0.0.7 or 2001:db8::7');
    case 'texts':
      return [value].flat().map(item => (isScalar(item) ? String(item) : refuse(name, value, 'a list of text')));
    case 'headers':
      return isObject(value) ? headers(name, value) : refuse(name, value, 'a mapping of names to values');
    case 'mapping':
      return isObject(value) ? value : refuse(name, value, 'a mapping of names to values');
    case 'from':
      return isObject(value)
        ? readFields(value, FROM_FIELDS, `${name}.`)
        : refuse(name, value, `a mapping of ${Object.keys(FROM_FIELDS).join(', ')}`);
    case 'word':
      return kind.words.some(word => word === value) ? value : refuse(name, value, `one of ${kind.words.join(', ')}`);
    case 'number':
      return wholeNumber(name, value, kind.least, kind.most);
  }
}

/** A header of no value is sent empty. */
function headers(name: string, value: Record<string, unknown>): Record<string, string[]> {
  const read = Object.entries(value).map(([header, given]): [string, string[]] => [
    header,
    [given ?? ''].flat().map(item => (isScalar(item) ? String(item) : refuse(`${name}.${header}`, given, 'text'))),
  ]);
  return Object.fromEntries(read);
}

function wholeNumber(name: string, value: unknown, least: number, most = Number.POSITIVE_INFINITY): number {
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof number === 'number' && Number.isInteger(number) && number >= least && number <= most) return number;
  return refuse(name, value, `a whole number from ${least} ${Number.isFinite(most) ? `to ${most}` : 'on'}`);
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function refuse(name: string, value: unknown, wanted: string): never {
  throw new RequestError(`${name} is ${JSON.stringify(value)}`, `Write \`${name}\` as ${wanted}.`);
}
