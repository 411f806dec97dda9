import { STATUS_FACTS, STATUSES, type Status } from '../http-statuses.js';
import { type ExplainedTerm, type Lookup, textFields } from './explained.js';
import type { Language } from './text.js';
import { TEXTS } from './texts.js';

/** Finds an HTTP status by its number, alone or as `HTTP 503`. */
export const statusLookup: Lookup = {
  kind: 'http-status',
  find(term, language) {
    const number = /^(?:http[ /]?)?(\d{1,3})$/i.exec(term)?.[1];
    const status = STATUSES.find(code => code === number);
    return status === undefined ? null : explainStatus(status, language);
  },
  terms: () => STATUSES,
};

function explainStatus(status: Status, language: Language): ExplainedTerm {
  const facts = STATUS_FACTS[status];
  return {
    kind: 'http-status',
    term: status,
    title: `${status} (${facts.name})`,
    language,
    inside: [],
    side: 'either',
    hops: [],
    codes: [],
    flags: [...facts.flags],
    details: [...facts.details],
    reasons: [],
    since: null,
    ...textFields(TEXTS[language].statuses[status]),
  };
}
