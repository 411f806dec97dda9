import { CATALOGUE } from '../catalogue.js';
import { FINDING_CODES, type FindingCode } from '../codes.js';
import { FINDING_PAGES } from '../pages.js';
import type { ExplainedTerm, Lookup } from './explained.js';

/** Finds a finding by its code; its page is in English. */
export const findingLookup: Lookup = {
  kind: 'finding',
  find(term) {
    const wanted = term.toLowerCase();
    const code = FINDING_CODES.find(known => known === wanted);
    return code === undefined ? null : explainFinding(code);
  },
  terms: () => FINDING_CODES,
};

/** The page of a finding as an explained term. */
export function explainFinding(code: FindingCode): ExplainedTerm {
  const { severity, title, explains } = CATALOGUE[code];
  const { explanation, consequences, causes, remedy } = FINDING_PAGES[code];
  return {
    kind: 'finding',
    term: code,
    title: `${code} (${severity})`,
    language: 'en',
    means: `${title}. ${explanation}`,
    consequences,
    inside: [],
    from: '',
    side: 'either',
    hops: [],
    codes: [],
    causes: [...causes],
    next: remedy.map(([say, command]) => ({ say, command: command ?? null })),
    flags: [],
    details: [],
    reasons: [...explains],
    since: null,
  };
}
