import type { Language } from '../../findings/explanations/text.js';
import type { Step, StepStatus, TraceResult } from '../../trace/result.js';
import { stepsByBranch } from '../branches.js';
import { TEXTS, type Texts } from '../lang/texts.js';
import { type Block, code, type Section } from '../page/page.js';
import type { RunbookContext } from './context.js';
import { sequenceOf } from './sequence.js';

const MARKS: Record<StepStatus, string> = { matched: '✓', rejected: '✗', unsupported: '?', 'needs-input': '?' };

/** The way of the request: as a sequence, then each decision in a table, one for the common part and one a branch. */
export function walkSection(result: TraceResult, context: RunbookContext, language: Language): Section {
  const texts = TEXTS[language];
  return {
    heading: texts.runbook.headings.walk,
    blocks: [
      { kind: 'paragraph', text: texts.runbook.walkIntro },
      { kind: 'sequence', sequence: sequenceOf(result, context, texts) },
      ...tables(result, texts),
    ],
  };
}

function tables(result: TraceResult, texts: Texts): Block[] {
  const numbers = new Map(result.steps.map((step, index) => [step, index + 1]));
  const own = stepsByBranch(result.steps).flatMap(({ label, steps }): Block[] => [
    ...(label === null ? [] : [{ kind: 'subheading', text: texts.trace.branch(plain(label)) } as const]),
    table(steps, numbers, texts),
  ]);
  const { peer } = result;
  if (peer === undefined) return own;
  return [...own, { kind: 'subheading', text: texts.runbook.walkOf(plain(peer.proxy ?? '')) }, ...tables(peer, texts)];
}

function table(steps: readonly Step[], numbers: ReadonlyMap<Step, number>, { trace, runbook }: Texts): Block {
  const { number, question, choice, why } = runbook.columns;
  return {
    kind: 'table',
    head: [number, question, choice, why],
    widths: [7, 29, 28, 36],
    rows: steps.map(step => [
      `${numbers.get(step)} ${MARKS[step.status]}`,
      trace.hops[step.hop].asks,
      step.name === null ? '' : code(step.name),
      [plain(step.why), ...candidates(step, trace.not)].join('; '),
    ]),
  };
}

const FEW = 3;

/** Where a step stops the request, what it could have chosen is what the reader looks for. */
function candidates({ status, candidates: all }: Step, not: string): string[] {
  if (status !== 'rejected') return [];
  return all.slice(0, FEW).map(({ name, reason }) => `${not} ${code(name ?? '?')} (${plain(reason)})`);
}

function plain(text: string): string {
  return text.replaceAll('`', 'ˋ');
}
