import { DETAIL_FACTS, DETAILS, type Detail, GROUP_FACTS } from '../response-details.js';
import { type ExplainedArgument, explainArgument, flagOfArgument } from './arguments.js';
import { type ParsedDetail, parseDetail } from './detail-name.js';
import { type ExplainedTerm, type Lookup, textFields } from './explained.js';
import type { GroupText, Language, Text } from './text.js';
import { TEXTS } from './texts.js';

/** Finds response code details and connection termination details, with or without their brackets filled in. */
export const detailLookup: Lookup = {
  kind: 'response-code-details',
  find(term, language) {
    const parsed = parseDetail(term);
    return parsed === null ? null : explainDetail(parsed, language);
  },
  terms: () => DETAILS,
};

function explainDetail({ detail, words }: ParsedDetail, language: Language): ExplainedTerm {
  const facts = DETAIL_FACTS[detail];
  const group = GROUP_FACTS[facts.group];
  return {
    kind: 'response-code-details',
    term: detail,
    title: `${detail}${facts.form ?? ''}`,
    language,
    inside: words === '' ? [] : inside(detail, words, language),
    side: facts.side ?? group.side,
    hops: [...(facts.hops ?? group.hops)],
    codes: [...facts.codes],
    flags: [...facts.flags],
    details: [],
    reasons: [...(facts.reasons ?? [])],
    since: null,
    ...textFields({ ...textOf(detail, language), ...closerText(detail, words, language) }),
  };
}

function textOf(detail: Detail, language: Language): Text {
  const texts = TEXTS[language];
  return { ...texts.groups[DETAIL_FACTS[detail].group], ...texts.details[detail] };
}

/** What the words in the brackets tell more exactly than the detail alone: the causes of their own flag or detail, and what to look at. */
function closerText(detail: Detail, words: string, language: Language): Partial<GroupText> {
  const kind = DETAIL_FACTS[detail].argument;
  if (kind === undefined) return {};
  const flag = flagOfArgument(kind, words);
  if (flag !== null) return causesAndNext(TEXTS[language].flags[flag]);
  const reason = kind === 'close' ? parseDetail(words) : null;
  return reason === null ? {} : causesAndNext(textOf(reason.detail, language));
}

function causesAndNext({ causes, next }: GroupText): Partial<GroupText> {
  return { causes, next };
}

function inside(detail: Detail, words: string, language: Language): ExplainedArgument[] {
  const kind = DETAIL_FACTS[detail].argument;
  if (kind === undefined) return [];
  if (kind === 'close') return closeReason(words, language);
  return explainArgument(kind, words, TEXTS[language].arguments);
}

/** Envoy's reasons for closing a connection are details by themselves. */
function closeReason(words: string, language: Language): ExplainedArgument[] {
  const parsed = parseDetail(words);
  return parsed === null ? [] : [{ text: words, means: TEXTS[language].details[parsed.detail].means }];
}
