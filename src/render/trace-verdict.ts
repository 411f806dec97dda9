import type { TraceResult } from '../trace/result.js';
import type { Style } from './paint.js';
import { printable } from './printable.js';
import type { TraceView } from './trace-view.js';
import { hang, wrap } from './wrap.js';

const STYLES: Record<TraceResult['outcome'], Style> = {
  forwarded: 'good',
  passthrough: 'warn',
  blackholed: 'bad',
  responded: 'bad',
  closed: 'bad',
  mixed: 'warn',
  undetermined: 'warn',
};

/** The end in one sentence, then what the access log would show, what is missing and what was found. */
export function renderVerdict(result: TraceResult, view: TraceView): string[] {
  return [...sentence(result, view), ...footer(result, view)];
}

function sentence(result: TraceResult, { paint, width }: TraceView): string[] {
  const { outcome, responseCode } = result;
  const style = outcome === 'responded' && (responseCode ?? 500) < 400 ? 'good' : STYLES[outcome];
  const label = outcome.toUpperCase();
  const indent = ' '.repeat(label.length + 2);
  const text = branchesOf(printable(withoutOutcome(result))).flatMap(part => wrap(part, width - indent.length));
  const logged = wrap(loggedAs(result), width - indent.length);
  return [
    ...text.map((line, i) => (i === 0 ? `${paint(style, label)}  ${line}` : indent + line)),
    ...logged.map(line => paint('dim', indent + line)),
  ];
}

/** The outcome stands before the sentence already. */
function withoutOutcome({ outcome, sentence: text }: TraceResult): string {
  return text.toLowerCase().startsWith(outcome) ? text.slice(outcome.length).replace(/^:?\s+/, '') : text;
}

/** Each branch of a sentence on a line of its own: `90%: …`, `10%: …`. */
function branchesOf(sentence: string): string[] {
  return sentence.split(/ (?=\d+(?:\.\d+)?%(?::| to ))/);
}

/** What Envoy's access log would show. */
function loggedAs({ responseCode, responseFlag, responseCodeDetails }: TraceResult): string {
  if (responseFlag === null) return '';
  const parts = [responseCode, responseFlag, responseCodeDetails].filter(part => part !== null);
  return `In the access log: ${printable(parts.join(' '))}. mesh-trace explain ${responseFlag} says more.`;
}

function footer({ missing, findings, assumptions }: TraceResult, { paint, verbose, width }: TraceView): string[] {
  const list = (title: string, items: readonly string[]) =>
    items.length === 0
      ? []
      : ['', paint('bold', title), ...items.flatMap(item => hang('  - ', printable(item), width))];
  return [
    ...list('Missing', missing),
    ...list(
      'Findings',
      findings.map(({ severity, code, why, remedy }) => `${severity} ${code}: ${why} ${remedy}`),
    ),
    ...(verbose ? list('Assumed', assumptions) : []),
  ];
}
