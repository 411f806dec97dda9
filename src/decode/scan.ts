import { spansOf } from './brackets.js';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const COMMA = 0x2c;
const COLON = 0x3a;

/** Strings longer than this are left to the native search, which costs a call but reads many bytes at once. */
const SHORT_STRING = 48;

/** Containers longer than this are left to WebAssembly, in bytes. */
const NEAR = 1024;

/** Node's own search answers a negative number beyond this byte. */
const SEARCH_LIMIT = 2 ** 31 - 1;

/** The JSON broke off or is not JSON at a byte of the document. */
export class ScanError extends Error {
  constructor(
    message: string,
    /** Byte at which reading stopped. */
    readonly offset: number,
  ) {
    super(message);
    this.name = 'ScanError';
  }
}

/** First byte at or after `at` that is not JSON white space. */
export function skipSpace(bytes: Buffer, at: number): number {
  let i = at;
  for (;;) {
    const byte = bytes[i];
    if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return i;
    i++;
  }
}

/** Where a byte stands next, at or after `from`; -1 when it does not. Works on buffers of any size. */
export function indexOfByte(bytes: Buffer, byte: number, from: number): number {
  if (bytes.length <= SEARCH_LIMIT) return bytes.indexOf(byte, from);
  for (let start = from; start < bytes.length; start += SEARCH_LIMIT) {
    const found = bytes.subarray(start, start + SEARCH_LIMIT).indexOf(byte);
    if (found >= 0) return start + found;
  }
  return -1;
}

/** Byte after the string whose opening quote is at `at`. Throws {@link ScanError} where the document ends first. */
export function skipString(bytes: Buffer, at: number): number {
  let i = at + 1;
  const short = i + SHORT_STRING;
  while (i < short) {
    const byte = bytes[i];
    if (byte === QUOTE) return i + 1;
    if (byte === BACKSLASH) i++;
    else if (byte === undefined) throw cutOff(bytes, 'inside a string');
    i++;
  }
  return skipLongString(bytes, i);
}

function skipLongString(bytes: Buffer, from: number): number {
  let i = from;
  for (;;) {
    const quote = indexOfByte(bytes, QUOTE, i);
    if (quote < 0) throw cutOff(bytes, 'inside a string');
    let backslashes = 0;
    while (quote - 1 - backslashes >= i && bytes[quote - 1 - backslashes] === BACKSLASH) backslashes++;
    i = quote + 1;
    if (backslashes % 2 === 0) return i;
  }
}

/** Byte after the JSON value that begins at `at`; nested values are passed over unread. Throws {@link ScanError}. */
export function skipValue(bytes: Buffer, at: number): number {
  const first = bytes[at];
  if (first === QUOTE) return skipString(bytes, at);
  if (first !== OPEN_OBJECT && first !== OPEN_ARRAY) return skipScalar(bytes, at);
  return skipNear(bytes, at, at + NEAR) || spansOf(bytes, at, 1)?.end || skipContainer(bytes, at);
}

/** What {@link skipValue} does for an object or list, without WebAssembly: the reference, and what says where a document is cut. */
export function skipContainer(bytes: Buffer, at: number): number {
  return skipNear(bytes, at, Number.POSITIVE_INFINITY);
}

/** Byte after the container that begins at `at`; 0 where it goes on past byte `stop`. */
function skipNear(bytes: Buffer, at: number, stop: number): number {
  let depth = 0;
  for (let i = at; i < stop; ) {
    const byte = bytes[i];
    if (byte === QUOTE) {
      i = skipString(bytes, i);
      continue;
    }
    if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) depth++;
    else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
      depth--;
      if (depth === 0) return i + 1;
    } else if (byte === undefined) throw cutOff(bytes, `${depth} levels deep`);
    i++;
  }
  return 0;
}

function skipScalar(bytes: Buffer, at: number): number {
  let i = at;
  while (!endsScalar(bytes[i])) i++;
  if (i === at) throw expected(bytes, at, 'a value');
  return i;
}

function endsScalar(byte: number | undefined): boolean {
  if (byte === undefined || byte <= 0x20) return true;
  return (
    byte === COMMA ||
    byte === CLOSE_OBJECT ||
    byte === CLOSE_ARRAY ||
    byte === COLON ||
    byte === QUOTE ||
    byte === OPEN_OBJECT ||
    byte === OPEN_ARRAY
  );
}

/**
 * Walks the members of the object that begins at `at`. `member` gets the decoded key and where the value begins, and returns where it ends.
 * Returns the byte after the object. Throws ScanError.
 */
export function walkObject(bytes: Buffer, at: number, member: (key: string, valueAt: number) => number): number {
  let i = skipSpace(bytes, at + 1);
  if (bytes[i] === CLOSE_OBJECT) return i + 1;
  for (;;) {
    if (bytes[i] !== QUOTE) throw expected(bytes, i, 'a key');
    const keyEnd = skipString(bytes, i);
    const key = decodeKey(bytes, i, keyEnd);
    i = skipSpace(bytes, keyEnd);
    if (bytes[i] !== COLON) throw expected(bytes, i, 'a colon');
    i = skipSpace(bytes, member(key, skipSpace(bytes, i + 1)));
    if (bytes[i] === CLOSE_OBJECT) return i + 1;
    if (bytes[i] !== COMMA) throw expected(bytes, i, 'a comma or the end of an object');
    i = skipSpace(bytes, i + 1);
  }
}

/** Walks the items of the array that begins at `at`; `item` gets index and start and returns the end. Returns the byte after the array. */
export function walkArray(bytes: Buffer, at: number, item: (index: number, valueAt: number) => number): number {
  let i = skipSpace(bytes, at + 1);
  if (bytes[i] === CLOSE_ARRAY) return i + 1;
  for (let index = 0; ; index++) {
    i = skipSpace(bytes, item(index, i));
    if (bytes[i] === CLOSE_ARRAY) return i + 1;
    if (bytes[i] !== COMMA) throw expected(bytes, i, 'a comma or the end of a list');
    i = skipSpace(bytes, i + 1);
  }
}

/** Behind an item of a list that ends before byte `at`: where the next one begins, or the byte after the list; -1 where neither follows. */
export function nextItem(bytes: Buffer, at: number): number {
  const i = skipSpace(bytes, at);
  if (bytes[i] === COMMA) return skipSpace(bytes, i + 1);
  return bytes[i] === CLOSE_ARRAY ? i + 1 : -1;
}

/** Where each item of the array that begins at `at` begins; the array is read only as far as items are asked for. Throws ScanError. */
export function* arrayItems(bytes: Buffer, at: number): Generator<number> {
  let i = skipSpace(bytes, at + 1);
  if (bytes[i] === CLOSE_ARRAY) return;
  for (;;) {
    yield i;
    i = skipSpace(bytes, skipValue(bytes, i));
    if (bytes[i] === CLOSE_ARRAY) return;
    if (bytes[i] !== COMMA) throw expected(bytes, i, 'a comma or the end of a list');
    i = skipSpace(bytes, i + 1);
  }
}

/** The keys of the object that begins at `at`, in order. Throws ScanError. */
export function keysAt(bytes: Buffer, at: number): string[] {
  const keys: string[] = [];
  walkObject(bytes, at, (key, valueAt) => {
    keys.push(key);
    return skipValue(bytes, valueAt);
  });
  return keys;
}

/** Whether the value that begins at a byte is an object. */
export function isObjectAt(bytes: Buffer, at: number): boolean {
  return bytes[at] === OPEN_OBJECT;
}

/** As {@link isObjectAt}, for a list. */
export function isArrayAt(bytes: Buffer, at: number): boolean {
  return bytes[at] === OPEN_ARRAY;
}

/** As {@link isObjectAt}, for a string. */
export function isStringAt(bytes: Buffer, at: number): boolean {
  return bytes[at] === QUOTE;
}

/** The JSON value between two bytes. Throws {@link ScanError} where it is not JSON. */
export function parseRange(bytes: Buffer, start: number, end: number): unknown {
  try {
    return JSON.parse(bytes.toString('utf8', start, end));
  } catch (error) {
    throw new ScanError(error instanceof Error ? error.message : String(error), start);
  }
}

/** The string between two bytes; null where a value of another type stands, or none that is JSON. */
export function stringIn(bytes: Buffer, start: number, end: number): string | null {
  if (bytes[start] !== QUOTE) return null;
  const text = bytes.toString('latin1', start + 1, end - 1);
  if (!/[\\\x80-\xff]/.test(text)) return text;
  try {
    return String(parseRange(bytes, start, end));
  } catch {
    return null;
  }
}

/** Keys that were seen last, by a few of their bytes. */
const KEY_SLOTS = 1024;
const knownKeys = new Array<string | undefined>(KEY_SLOTS);

/** Longer keys are not remembered. */
const MAX_KNOWN_KEY = 64;

/** A dump says the same few keys millions of times: those that were seen last are compared instead of made anew. */
function decodeKey(bytes: Buffer, start: number, end: number): string {
  const length = end - start - 2;
  const middle = bytes[start + 1 + (length >> 1)] ?? 0;
  const hash = length * 67 + (bytes[start + 1] ?? 0) * 31 + (bytes[end - 2] ?? 0) * 7 + middle;
  const slot = hash & (KEY_SLOTS - 1);
  const known = knownKeys[slot];
  if (known !== undefined && isTextAt(bytes, start + 1, length, known)) return known;
  // A key that no JSON parser would take is given as it stands.
  const key = stringIn(bytes, start, end) ?? bytes.toString('latin1', start + 1, end - 1);
  if (length < MAX_KNOWN_KEY) knownKeys[slot] = key;
  return key;
}

/** Whether plain text stands at `at`. A backslash or a byte beyond ASCII is never equal to what it stands for. */
function isTextAt(bytes: Buffer, at: number, length: number, text: string): boolean {
  if (text.length !== length) return false;
  for (let i = 0; i < length; i++) {
    const byte = bytes[at + i] ?? 0;
    if (byte !== text.charCodeAt(i) || byte === BACKSLASH || byte > 0x7e) return false;
  }
  return true;
}

function expected(bytes: Buffer, at: number, what: string): ScanError {
  return at >= bytes.length ? cutOff(bytes, `before ${what}`) : new ScanError(`${what} was expected`, at);
}

function cutOff(bytes: Buffer, where: string): ScanError {
  return new ScanError(`the document ends ${where}`, bytes.length);
}
