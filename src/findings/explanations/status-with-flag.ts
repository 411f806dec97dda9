import type { ExplainedTerm } from './explained.js';
import type { Language } from './text.js';

/** What a status and each flag beside it say as a pair; nothing where one of them is missing. */
export function statusWithFlag(terms: readonly ExplainedTerm[], language: Language): string[] {
  const status = terms.find(({ kind }) => kind === 'http-status')?.term;
  const flags = terms.filter(({ kind }) => kind === 'response-flag');
  return status === undefined ? [] : flags.map(flag => TEXTS[language](status, flag));
}

type PairText = (status: string, flag: ExplainedTerm) => string;

const TEXTS: Record<Language, PairText> = {
  en: (status, { term, codes }) => {
    if (codes.includes(status))
      return `${status} with ${term}: the usual pair. ${status === '0' ? 'No answer was sent.' : `Envoy made this ${status}, not the application.`}`;
    const usual = codes.length === 0 ? 'no status of its own' : codes.join(' or ');
    return `${status} with ${term}: not the usual pair (${term} comes with ${usual}); what made the ${status} is told by response_code_details.`;
  },
  zh: (status, { term, codes }) => {
    if (codes.includes(status))
      return `${status} 与 ${term}：常见的组合。${status === '0' ? '没有发出应答。' : `这个 ${status} 由 Envoy 产生，不是应用的应答。`}`;
    const usual = codes.length === 0 ? '没有固定的状态码' : codes.join(' 或 ');
    return `${status} 与 ${term}：不是常见的组合（${term} 通常对应 ${usual}）；这个 ${status} 从何而来，请看 response_code_details。`;
  },
};
