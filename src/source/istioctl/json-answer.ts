import { isLogLine } from './log-lines.js';

const OPEN = new Set([0x7b, 0x5b]);
const SPACE = new Set([0x20, 0x09, 0x0a, 0x0d]);
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const NEWLINE = 0x0a;

/** A cut answer is looked at again from every line that opens a bracket: this many, so that it stays linear. */
const MAX_STARTS = 20;
/** What may follow a document: log lines, which are short. */
const MAX_TRAILER = 64 * 1024;

/** What istioctl printed where one or more whole JSON documents were expected. */
export type JsonAnswer =
  | { readonly bytes: Buffer }
  | { readonly problem: 'empty' | 'cut-off' | 'not-json'; readonly bytes?: undefined };

/**
 * Finds the JSON documents in an answer of istioctl, which prints log lines before them (and a racing
 * port-forward may print one behind). `bytes` is a view of exactly the documents and the white space behind them.
 * Only brackets and strings are followed: `proxy-config all` passes half a dump on as if it were whole.
 */
export function jsonAnswer(stdout: Buffer): JsonAnswer {
  let problem: 'empty' | 'cut-off' | 'not-json' = isTrailer(stdout) ? 'empty' : 'not-json';
  let start = openingLine(stdout, 0);
  for (let tries = 0; start !== -1 && tries < MAX_STARTS; tries += 1) {
    const end = documentsEnd(stdout, start);
    if (end === -1) {
      problem = 'cut-off';
    } else if (isTrailer(stdout.subarray(end))) {
      return { bytes: stdout.subarray(start, end) };
    }
    start = openingLine(stdout, start + 1);
  }
  return { problem };
}

/** The end (exclusive) of the JSON object or array that opens at `start`, or -1 when the bytes end before. */
export function jsonEnd(bytes: Buffer, start: number): number {
  let depth = 0;
  for (let at = start; at < bytes.length; at += 1) {
    const byte = bytes[at] as number;
    if (byte === QUOTE) {
      at = stringEnd(bytes, at + 1);
    } else if (byte === 0x7b || byte === 0x5b) {
      depth += 1;
    } else if (byte === 0x7d || byte === 0x5d) {
      depth -= 1;
      if (depth === 0) {
        return at + 1;
      }
    }
  }
  return -1;
}

function stringEnd(bytes: Buffer, start: number): number {
  let at = start;
  while (at < bytes.length && bytes[at] !== QUOTE) {
    at += bytes[at] === BACKSLASH ? 2 : 1;
  }
  return at;
}

function documentsEnd(bytes: Buffer, start: number): number {
  let end = start;
  do {
    end = jsonEnd(bytes, end);
    if (end === -1) {
      return -1;
    }
    end = skipSpace(bytes, end);
  } while (OPEN.has(bytes[end] ?? 0));
  return end;
}

function skipSpace(bytes: Buffer, start: number): number {
  let at = start;
  while (SPACE.has(bytes[at] ?? 0)) {
    at += 1;
  }
  return at;
}

/** The next line from `from` on that begins with a bracket, or -1. */
function openingLine(bytes: Buffer, from: number): number {
  for (let at = from === 0 ? 0 : lineAfter(bytes, from); at !== -1; at = lineAfter(bytes, at)) {
    if (OPEN.has(bytes[at] ?? 0)) {
      return at;
    }
  }
  return -1;
}

function lineAfter(bytes: Buffer, at: number): number {
  const newline = bytes.indexOf(NEWLINE, at);
  return newline === -1 ? -1 : newline + 1;
}

/** Whether nothing but log lines and white space is there. */
function isTrailer(rest: Buffer): boolean {
  if (rest.length > MAX_TRAILER) {
    return false;
  }
  const lines = rest.toString('utf8').split('\n');
  return lines.every(line => line.trim() === '' || isLogLine(line));
}
