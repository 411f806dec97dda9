import type { TraceResult } from '../../trace/result.js';
import { whatIfChanges } from '../../trace/what-if.js';
import { assumptionsOf } from '../assumptions.js';
import { branchSentences } from '../branch-sentences.js';
import type { TraceTexts } from '../lang/trace-texts.js';
import { printable } from '../printable.js';
import { remedyParts } from '../remedy.js';
import { shellLines } from '../shell-lines.js';
import { toneOf } from '../tone.js';
import { columns, hang, wrap } from '../wrap.js';
import type { TraceView } from './view.js';

/** The end in one sentence, then what the access log would show, what is missing and what was found. */
export function renderVerdict(result: TraceResult, view: TraceView): string[] {
  return [...sentence(result, view), ...footer(result, view)];
}

function sentence(result: TraceResult, view: TraceView): string[] {
  const { paint, width, texts } = view;
  const { outcome } = result;
  const label = texts.outcomes[outcome];
  const indent = ' '.repeat(columns(label) + 2);
  const text = branchSentences(printable(withoutOutcome(outcome, result.sentence))).flatMap(part =>
    wrap(part, width - indent.length),
  );
  const logged = wrap(loggedAs(result, texts), width - indent.length);
  return [
    ...text.map((line, i) => (i === 0 ? `${paint(toneOf(result), label)}  ${line}` : indent + line)),
    ...logged.map(line => paint('dim', indent + line)),
  ];
}

/** The outcome stands before the sentence already. */
function withoutOutcome(outcome: TraceResult['outcome'], text: string): string {
  return text.toLowerCase().startsWith(outcome) ? text.slice(outcome.length).replace(/^:?\s+/, '') : text;
}

/** What Envoy's access log would show. */
function loggedAs({ responseCode, responseFlag, responseCodeDetails }: TraceResult, texts: TraceTexts): string {
  if (responseFlag === null) return '';
  const parts = [responseCode, responseFlag, responseCodeDetails].filter(part => part !== null);
  return texts.logged(printable(parts.join(' ')), responseFlag);
}

function footer(result: TraceResult, view: TraceView): string[] {
  const { paint, verbose, width, texts } = view;
  const list = (title: string, items: readonly string[]) =>
    items.length === 0
      ? []
      : ['', paint('bold', title), ...items.flatMap(item => hang('  - ', printable(item), width))];
  return [
    ...list(texts.whatIf, whatIfChanges(result)),
    ...list(texts.missing, result.missing),
    ...findings(result, view),
    ...(verbose ? list(texts.assumed, assumptionsOf(result)) : []),
    ...(texts.englishParts === null ? [] : ['', ...wrap(texts.englishParts, width).map(line => paint('dim', line))]),
  ];
}

/** Each finding with what to do; its commands stand on lines of their own, so that they can be copied. */
function findings({ findings: found }: TraceResult, { paint, width, texts }: TraceView): string[] {
  if (found.length === 0) return [];
  const lines = found.flatMap(({ severity, code, why, remedy }) => {
    const { prose, commands } = remedyParts(printable(remedy));
    return [
      ...hang('  - ', `${texts.severities[severity]} ${code}: ${printable(why)}`, width),
      ...hang('    → ', prose, width),
      ...commands.flatMap(command => shellLines(command, '      ', width)),
    ];
  });
  return ['', paint('bold', texts.findings), ...lines];
}
