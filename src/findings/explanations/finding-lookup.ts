import { CATALOGUE } from '../catalogue.js';
import { FINDING_CODES, type FindingCode } from '../codes.js';
import { FINDING_PAGES_ZH } from '../pages/zh/pages.js';
import { FINDING_PAGES } from '../pages.js';
import type { ExplainedTerm, Lookup } from './explained.js';
import type { Language } from './text.js';

/** Finds a finding by its code. */
export const findingLookup: Lookup = {
  kind: 'finding',
  find(term, language) {
    const wanted = term.toLowerCase();
    const code = FINDING_CODES.find(known => known === wanted);
    return code === undefined ? null : explainFinding(code, language);
  },
  terms: () => FINDING_CODES,
};

/** The title of a finding, in a language. */
function findingTitle(code: FindingCode, language: Language): string {
  return language === 'zh' ? FINDING_PAGES_ZH[code].title : CATALOGUE[code].title;
}

/** The page of a finding as an explained term. Commands are the same in every language. */
export function explainFinding(code: FindingCode, language: Language): ExplainedTerm {
  const { severity, explains } = CATALOGUE[code];
  const commands = FINDING_PAGES[code].remedy.map(([, command]) => command ?? null);
  const { explanation, consequences, causes, steps } = textOf(code, language);
  const title = findingTitle(code, language);
  return {
    kind: 'finding',
    term: code,
    title: `${code} (${severity})`,
    language,
    means: `${title}${language === 'zh' ? '。' : '. '}${explanation}`,
    consequences,
    inside: [],
    from: '',
    side: 'either',
    hops: [],
    codes: [],
    causes: [...causes],
    next: steps.map((say, index) => ({ say, command: commands[index] ?? null })),
    flags: [],
    details: [],
    reasons: [...explains],
    since: null,
  };
}

function textOf(code: FindingCode, language: Language) {
  if (language === 'zh') {
    const { remedy, ...page } = FINDING_PAGES_ZH[code];
    return { ...page, steps: remedy };
  }
  const { remedy, ...page } = FINDING_PAGES[code];
  return { ...page, steps: remedy.map(([say]) => say) };
}
