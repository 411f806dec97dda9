import { FLAG_FACTS, FLAGS, type Flag } from '../response-flags.js';
import { type ExplainedTerm, type Lookup, textFields } from './explained.js';
import type { Language } from './text.js';
import { TEXTS } from './texts.js';

/** Finds a response flag by its short or long name, in any case. */
export const flagLookup: Lookup = {
  kind: 'response-flag',
  find(term, language) {
    const wanted = term.toLowerCase();
    const flag = FLAGS.find(name => name.toLowerCase() === wanted || FLAG_FACTS[name].long.toLowerCase() === wanted);
    return flag === undefined ? null : explainFlag(flag, language);
  },
  terms: () => FLAGS.flatMap(flag => [flag, FLAG_FACTS[flag].long]),
};

/** Everything about one flag in one language. */
export function explainFlag(flag: Flag, language: Language): ExplainedTerm {
  const facts = FLAG_FACTS[flag];
  return {
    kind: 'response-flag',
    term: flag,
    title: `${flag} (${facts.long})`,
    language,
    inside: [],
    side: facts.side,
    hops: [...facts.hops],
    codes: [...facts.codes],
    flags: [],
    details: [...facts.details],
    reasons: [...facts.reasons],
    since: facts.since ?? null,
    ...textFields(TEXTS[language].flags[flag]),
  };
}
