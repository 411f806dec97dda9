import type { Language } from '../../findings/explanations/text.js';
import type { TraceResult } from '../../trace/result.js';
import { whatIfChanges } from '../../trace/what-if.js';
import { assumptionsOf } from '../assumptions.js';
import type { RunbookTexts } from '../lang/runbook-texts.js';
import { TEXTS } from '../lang/texts.js';
import { code, type Page, plainList, type Section } from '../page/page.js';
import { describeRequest } from '../request-line.js';
import { answerSection } from './answer.js';
import { destinationName, type RunbookContext } from './context.js';
import { evidenceSection } from './evidence.js';
import { findingsSection } from './findings.js';
import { questionSection } from './question.js';
import { todoSection, verifySection } from './todo.js';
import { versionsSection } from './versions.js';
import { walkSection } from './walk.js';

/** A trace as a document for a ticket: the answer first, then what to do, then all that it rests on. Equal traces give equal pages. */
export function runbook(traced: TraceResult, context: RunbookContext, language: Language): Page {
  const result = TEXTS[language].trace.localised(traced);
  const texts = TEXTS[language].runbook;
  const { headings } = texts;
  const sections = [
    listSection(headings.whatIf, whatIfChanges(result)),
    answerSection(result, language),
    questionSection(result, context, texts),
    todoSection(result, context, language),
    verifySection(result, context, texts),
    walkSection(result, context, language),
    findingsSection(result, language),
    evidenceSection(result, texts),
    listSection(headings.missing, result.missing),
    listSection(headings.assumed, assumptionsOf(result)),
    versionsSection(context, texts),
    wordsSection(texts),
  ];
  return {
    language,
    title: texts.title(code(asked(result, context))),
    sections: sections.filter(section => section !== null),
  };
}

/** A TCP connection is known by the name that was asked for. */
function asked({ request }: TraceResult, context: RunbookContext): string {
  const name = destinationName(context);
  return request.protocol === 'tcp' && name !== null ? `TCP ${name}` : describeRequest(request);
}

function listSection(heading: string, items: readonly string[]): Section | null {
  return items.length === 0 ? null : { heading, blocks: [plainList(items.map(withoutCode))] };
}

/** Backticks of a dump are no markup. */
function withoutCode(text: string): string {
  return text.replaceAll('`', 'ˋ');
}

function wordsSection({ headings, words }: RunbookTexts): Section {
  const rows = words.map(([word, means]) => [word, means]);
  return { heading: headings.words, blocks: [{ kind: 'table', head: ['', ''], rows, widths: [25, 75] }] };
}
