import { detailLookup } from './explanations/detail-lookup.js';
import type { ExplainedTerm, Lookup, TermKind } from './explanations/explained.js';
import { findingLookup } from './explanations/finding-lookup.js';
import { flagLookup } from './explanations/flag-lookup.js';
import { FLAGS_TOGETHER } from './explanations/flags-together.js';
import { nearest } from './explanations/near.js';
import { splitTerms } from './explanations/split-terms.js';
import { statusLookup } from './explanations/status-lookup.js';
import { statusWithFlag } from './explanations/status-with-flag.js';
import type { Language } from './explanations/text.js';
import { transportLookup } from './explanations/transport-lookup.js';

/** Everything that `explain` knows, asked in this order; every one that knows a term explains it. */
const LOOKUPS: readonly Lookup[] = [flagLookup, detailLookup, statusLookup, transportLookup, findingLookup];

/** Log lines are pasted here, and what is shown again must not steer a terminal. */
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/g;

/** The answer to `explain`; plain data. */
export interface Explanation {
  schemaVersion: 1;
  query: string;
  terms: ExplainedTerm[];
  /** What the flags say together, beyond what each says alone. */
  together: string[];
  /** Parts of the query of which nothing is known. */
  unknown: string[];
}

/**
 * Explains what stands in an access log: a response flag (short or long name, any case), a list of flags (`UF,URX`), response code details
 * (with or without their brackets), an HTTP status, a transport's failure reason, the body of an answer that Envoy made, the code of a
 * finding, or several of these with spaces between (`503 UF`).
 *
 * @param language of the prose; a term without a text in it has `language: 'en'`
 * @returns null where nothing is known of any part; `nearTerms` then says what may have been meant
 */
export function explainTerm(term: string, language: Language = 'en'): Explanation | null {
  const query = term.replace(CONTROL, ' ').trim();
  const { terms, unknown } = explainParts(query, language);
  if (terms.length === 0) return null;
  return { schemaVersion: 1, query, terms: tellingFirst(terms), together: together(terms, language), unknown };
}

/** A flag says most of what stands in a log line, then the details; a status alone says little. */
const TELLING: readonly TermKind[] = [
  'response-flag',
  'response-code-details',
  'transport-failure',
  'finding',
  'http-status',
];

function tellingFirst(terms: readonly ExplainedTerm[]): ExplainedTerm[] {
  return [...terms].sort((a, b) => TELLING.indexOf(a.kind) - TELLING.indexOf(b.kind));
}

/** Known terms that are near to the first part of the query that is unknown, nearest first, at most five. */
export function nearTerms(query: string): string[] {
  return nearest(unknownTerm(query), knownTerms());
}

/** The first part of the query that is unknown; all of it where only the whole is. */
export function unknownTerm(query: string): string {
  return partsOf(query).find(part => !isKnown(part)) ?? query;
}

/** Every term that can be explained, by kind. */
export function termsByKind(): { kind: TermKind; terms: readonly string[] }[] {
  return LOOKUPS.map(({ kind, terms }) => ({ kind, terms: terms() }));
}

function knownTerms(): string[] {
  return LOOKUPS.flatMap(lookup => lookup.terms());
}

function explainWhole(term: string, language: Language): ExplainedTerm[] | null {
  const found = LOOKUPS.map(lookup => lookup.find(term, language)).filter(explained => explained !== null);
  return found.length === 0 ? null : found;
}

/** The parts that are known and those that are not; the query as a whole where that alone is known, such as the body of an answer. */
function explainParts(query: string, language: Language): Pick<Explanation, 'terms' | 'unknown'> {
  const parts = [...new Set(partsOf(query))].map(part => ({ part, terms: explainWhole(part, language) }));
  const unknown = parts.flatMap(({ part, terms }) => (terms === null ? [part] : []));
  const whole = parts.length === 0 || unknown.length > 0 ? explainWhole(query, language) : null;
  return whole === null ? { terms: parts.flatMap(({ terms }) => terms ?? []), unknown } : { terms: whole, unknown: [] };
}

function partsOf(query: string): string[] {
  return splitTerms(query, isKnown);
}

function isKnown(term: string): boolean {
  return explainWhole(term, 'en') !== null;
}

function together(terms: readonly ExplainedTerm[], language: Language): string[] {
  const names = new Set(terms.map(explained => explained.term));
  const pairs = FLAGS_TOGETHER.filter(pair => pair.flags.every(flag => names.has(flag))).map(
    pair => pair.means[language],
  );
  return [...statusWithFlag(terms, language), ...pairs];
}
