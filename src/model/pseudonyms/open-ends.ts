import { regexPieces } from './regex-text.js';
import { wordsOf } from './words.js';

/** Beginnings and endings of words that patterns match, in lower case. */
export interface Fragments {
  readonly beginnings: Set<string>;
  readonly endings: Set<string>;
}

/** What of a literal's last word goes on, and of its first word came before, where a pattern is open at that end. */
export function addLiteral(
  text: string,
  open: { readonly start: boolean; readonly end: boolean },
  into: Fragments,
): void {
  const words = wordsOf(text);
  if (open.end && /[A-Za-z0-9]$/.test(text)) add(into.beginnings, words.at(-1));
  if (open.start && /^[A-Za-z0-9]/.test(text)) add(into.endings, words[0]);
}

/** A host pattern of Envoy, open where its star is. */
export function addHostPattern(host: string, into: Fragments): void {
  addLiteral(host.replaceAll('*', ''), { start: host.startsWith('*'), end: host.endsWith('*') }, into);
}

const WORD = /[A-Za-z0-9]+/g;
const OPENS_BEHIND = /^(?:[.?*+({]|\[|\\[dDwWsS]|\{)/;
const OPENS_BEFORE = /(?:(?<!\\)[.?*+)}\]]|\\[dDwWsS])$/;

/** The words of a regular expression that something else may stand against: `rev.*`, `[a-z]+views`. */
export function addPattern(pattern: string, into: Fragments): void {
  let before = '';
  for (const { text, isSyntax } of regexPieces(pattern)) {
    if (!isSyntax)
      for (const match of text.matchAll(WORD)) addWord(pattern, before.length + match.index, match[0], into);
    before += text;
  }
}

function addWord(pattern: string, at: number, run: string, into: Fragments): void {
  const behind = pattern.slice(at + run.length);
  const words = wordsOf(run);
  const last = words.at(-1) ?? '';
  if (OPENS_BEHIND.test(behind)) add(into.beginnings, last);
  if (/^[?*{]/.test(behind)) add(into.beginnings, last.slice(0, -1));
  if (OPENS_BEFORE.test(pattern.slice(0, at))) add(into.endings, words[0]);
}

function add(set: Set<string>, word: string | undefined): void {
  if (word !== undefined && word !== '') set.add(word.toLowerCase());
}
