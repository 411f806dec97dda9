import { isSecretName } from '../match/secret.js';
import type { Step, TraceResult } from '../trace/result.js';
import type { Paint, Style } from './paint.js';
import { printable } from './printable.js';
import { hang, padColumns, wrap } from './wrap.js';

/** How a result is shown to people. */
export interface TraceView {
  /** Columns of the terminal. */
  readonly width: number;
  readonly paint: Paint;
  /** Candidates, evidence and commands as well. */
  readonly verbose: boolean;
}

const HOP_COLUMNS = 18;
const NUMBER_COLUMNS = 4;
/** From here on decision and reason stand side by side. */
const WIDE = 124;
const MAX_WIDTH = 160;

const MARKS: Record<Step['status'], readonly [string, Style]> = {
  matched: ['✓', 'good'],
  rejected: ['✗', 'bad'],
  unsupported: ['?', 'warn'],
  'needs-input': ['?', 'warn'],
};

/** A trace hop by hop, then its verdict in one sentence. */
export function renderTrace(result: TraceResult, view: TraceView): string {
  const width = Math.min(view.width, MAX_WIDTH);
  const lines = [...heading(result, view), ''];
  let branch: string | undefined;
  for (const [index, step] of result.steps.entries()) {
    if (step.branch !== branch) {
      branch = step.branch;
      if (branch !== undefined) lines.push('', view.paint('bold', `     Branch ${printable(branch)}`));
    }
    lines.push(...renderStep(step, index + 1, view, width));
  }
  lines.push('', ...verdict(result, view, width), ...footer(result, view, width));
  return `${lines.join('\n')}\n`;
}

function heading(result: TraceResult, { paint }: TraceView): string[] {
  return [paint('bold', printable(`${result.proxy ?? 'proxy'}  ${describeRequest(result.request)}`))];
}

/** A request as people write it: `GET http://reviews:8888/`, `tcp 10.0.0.1:3306`. */
export function describeRequest(request: Record<string, unknown>): string {
  const { protocol, method, tls, host, path, ip, port, headers, sni, direction } = request;
  const inbound = direction === 'outbound' ? '' : ` (${String(direction)})`;
  if (protocol === 'tcp')
    return `TCP ${ip === null ? `port ${String(port)}` : `${String(ip)}:${String(port)}`}${tls === 'plaintext' ? '' : ` ${String(tls)}${sni === null ? '' : ` SNI ${String(sni)}`}`}${inbound}`;
  const shown = Object.entries((headers as Record<string, unknown>) ?? {}).map(
    ([name, value]) => ` ${name}: ${hide(name, String(value))}`,
  );
  const scheme = tls === 'plaintext' ? 'http' : 'https';
  return `${String(method)} ${scheme}://${String(host ?? '')}${String(path)}${shown.join(',')}${inbound}`;
}

function hide(name: string, value: string): string {
  return isSecretName(name) ? '(hidden)' : value;
}

function renderStep(step: Step, number: number, view: TraceView, width: number): string[] {
  const { paint, verbose } = view;
  const [mark, style] = MARKS[step.status];
  const label = `${String(number).padStart(2)} ${paint(style, mark)} ${padColumns(step.hop, HOP_COLUMNS)}`;
  const indent = ' '.repeat(NUMBER_COLUMNS + 1 + HOP_COLUMNS);
  const name = printable(step.name ?? '');
  const why = printable(step.why);
  const lines =
    width >= WIDE
      ? sideBySide(label, indent, name, why, width, paint)
      : stacked(label, indent, name, why, width, paint);
  if (verbose) lines.push(...details(step, indent, width, paint));
  return lines;
}

function stacked(label: string, indent: string, name: string, why: string, width: number, paint: Paint): string[] {
  const room = width - indent.length;
  const reason = wrap(why, room);
  if (name === '') return reason.map((line, i) => (i === 0 ? label : indent) + line);
  return [`${label}${paint('bold', name)}`, ...reason.map(line => `${indent}${paint('dim', line)}`)];
}

function sideBySide(label: string, indent: string, name: string, why: string, width: number, paint: Paint): string[] {
  const left = Math.floor((width - indent.length) * 0.42);
  const right = width - indent.length - left - 2;
  const reason = wrap(why, right);
  const tooLong = name.length > left;
  const first = tooLong ? [`${label}${paint('bold', name)}`] : [];
  const rest = reason.map((line, i) => {
    const head =
      i === 0 && !tooLong
        ? `${label}${paint('bold', name)}${' '.repeat(left - name.length)}`
        : indent + ' '.repeat(left);
    return `${head}  ${paint('dim', line)}`;
  });
  return [...first, ...rest];
}

function details(step: Step, indent: string, width: number, paint: Paint): string[] {
  const line = (first: string, text: string) =>
    hang(`${indent}${first}`, printable(text), width).map(item => paint('dim', item));
  return [
    ...step.details.flatMap(text => line('· ', text)),
    ...step.candidates.flatMap(({ name, reason }) => line('not ', `${name ?? '(unnamed)'}: ${reason}`)),
    ...step.evidence.map(({ document, pointer }) =>
      paint('dim', `${indent}see ${printable(document)} ${printable(pointer)}`),
    ),
    ...step.istioctl.map(command => paint('dim', `${indent}$ ${printable(command)}`)),
  ];
}

const OUTCOME_STYLES: Record<TraceResult['outcome'], Style> = {
  forwarded: 'good',
  passthrough: 'warn',
  blackholed: 'bad',
  responded: 'bad',
  closed: 'bad',
  mixed: 'warn',
  undetermined: 'warn',
};

function verdict(result: TraceResult, { paint }: TraceView, width: number): string[] {
  const style =
    result.outcome === 'responded' && (result.responseCode ?? 500) < 400 ? 'good' : OUTCOME_STYLES[result.outcome];
  const label = result.outcome.toUpperCase();
  const lines = wrap(printable(result.sentence), width - label.length - 2);
  const body = lines.map((line, i) =>
    i === 0 ? `${paint(style, label)}  ${line}` : `${' '.repeat(label.length + 2)}${line}`,
  );
  const logged = wrap(loggedAs(result), width - label.length - 2).map(line =>
    paint('dim', `${' '.repeat(label.length + 2)}${line}`),
  );
  return [...body, ...logged];
}

/** What Envoy's access log would show. */
function loggedAs({ responseCode, responseFlag, responseCodeDetails }: TraceResult): string {
  const parts = [responseCode, responseFlag, responseCodeDetails].filter(part => part !== null);
  return parts.length === 0 || responseFlag === null
    ? ''
    : `In the access log: ${parts.join(' ')}. mesh-trace explain ${responseFlag} says more.`;
}

function footer(result: TraceResult, { paint, verbose }: TraceView, width: number): string[] {
  const list = (title: string, items: readonly string[]) =>
    items.length === 0
      ? []
      : ['', paint('bold', title), ...items.flatMap(item => hang('  - ', printable(item), width))];
  const findings = result.findings.map(({ severity, title, remedy }) => `${severity}: ${title}. ${remedy}`);
  return [
    ...list('Missing', result.missing),
    ...list('Findings', findings),
    ...(verbose ? list('Assumed', result.assumptions) : []),
  ];
}
