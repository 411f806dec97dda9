import type { TraceResult } from '../../trace/result.js';
import { printable } from '../printable.js';
import { describeRequest } from '../request-line.js';
import { wrap } from '../wrap.js';
import { renderStep } from './step.js';
import { renderVerdict } from './verdict.js';
import type { TraceView } from './view.js';

/** From here on names and reasons stand side by side. */
const WIDE = 120;
const MAX_WIDTH = 160;
const MAX_NAME_COLUMNS = 64;

/** A trace hop by hop, then its verdict in one sentence. */
export function renderTrace(traced: TraceResult, terminal: TraceView): string {
  const result = terminal.texts.localised(traced);
  const view = { ...terminal, width: Math.min(terminal.width, MAX_WIDTH) };
  const lines = [...heading(result, view), '', ...bothWalks(result, view), '', ...renderVerdict(result, view)];
  return `${lines.join('\n')}\n`;
}

/** The walk through this proxy, then through the receiving one, as far as proxies are at hand. */
function bothWalks(result: TraceResult, view: TraceView): string[] {
  const { peer } = result;
  if (peer === undefined) return walk(result, view);
  const name = view.texts.receivingSide(printable(peer.proxy ?? 'proxy'));
  return [
    ...walk(result, view),
    '',
    ...wrap(name, view.width).map(line => view.paint('bold', line)),
    '',
    ...bothWalks(peer, view),
  ];
}

function heading({ proxy, request }: TraceResult, { paint, width }: TraceView): string[] {
  const name = printable(proxy ?? 'proxy');
  const asked = printable(describeRequest(request));
  const one = `${name}  ${asked}`;
  const lines = one.length <= width ? [one] : [name, ...wrap(asked, width)];
  return lines.map(line => paint('bold', line));
}

function walk({ steps }: TraceResult, view: TraceView): string[] {
  const nameColumns = view.width < WIDE ? null : widestName(steps);
  const lines: string[] = [];
  let branch: string | undefined;
  let nameBefore: string | null = null;
  for (const [index, step] of steps.entries()) {
    if (step.branch !== branch) {
      branch = step.branch;
      nameBefore = null;
      if (branch !== undefined) lines.push('', view.paint('bold', `     ${view.texts.branch(printable(branch))}`));
    }
    lines.push(...renderStep(step, { number: index + 1, nameBefore, nameColumns }, view));
    nameBefore = step.name ?? nameBefore;
  }
  return lines;
}

function widestName(steps: TraceResult['steps']): number {
  const lengths = steps.map(({ name }) => name?.length ?? 0).filter(length => length <= MAX_NAME_COLUMNS);
  return Math.max(0, ...lengths);
}
