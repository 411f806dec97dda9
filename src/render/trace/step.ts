import type { Step } from '../../trace/result.js';
import type { Style } from '../paint.js';
import { printable } from '../printable.js';
import { shellLines } from '../shell-lines.js';
import { hang, padColumns, wrap } from '../wrap.js';
import type { TraceView } from './view.js';

const HOP_COLUMNS = 18;
const INDENT = ' '.repeat(5 + HOP_COLUMNS);
/** Without -v, so many losers are shown where a hop finds nothing, and so many endpoints. */
const FEW = 4;

const MARKS: Record<Step['status'], readonly [string, Style]> = {
  matched: ['✓', 'good'],
  rejected: ['✗', 'bad'],
  unsupported: ['?', 'warn'],
  'needs-input': ['?', 'warn'],
};

/** Where a step stands among the others. */
export interface StepPlace {
  readonly number: number;
  /** The name that the step before it showed: it is not said twice. */
  readonly nameBefore: string | null;
  /** Columns of the names where reasons stand beside them; null where they stand below. */
  readonly nameColumns: number | null;
}

/** One hop: number, mark, hop, what it chose, why; with -v what else it could have chosen and what shows the same. */
export function renderStep(step: Step, place: StepPlace, view: TraceView): string[] {
  const { paint, texts } = view;
  const [mark, style] = MARKS[step.status];
  const label = `${String(place.number).padStart(2)} ${paint(style, mark)} ${padColumns(texts.hops[step.hop].name, HOP_COLUMNS)}`;
  const name = step.name === null || step.name === place.nameBefore ? '' : printable(step.name);
  const [first = '', ...rest] = decision(name, printable(step.why), place, view);
  return [label + first, ...rest.map(line => INDENT + line), ...belowIt(step, view)];
}

function decision(name: string, why: string, { nameColumns }: StepPlace, { paint, width }: TraceView): string[] {
  const room = width - INDENT.length;
  if (name === '') return wrap(why, room);
  if (nameColumns === null || name.length > nameColumns)
    return [paint('bold', name), ...wrap(why, room).map(line => paint('dim', line))];
  return wrap(why, room - nameColumns - 2).map((line, i) => {
    const beside = i === 0 ? paint('bold', name) + ' '.repeat(nameColumns - name.length) : ' '.repeat(nameColumns);
    return `${beside}  ${paint('dim', line)}`;
  });
}

function belowIt(step: Step, view: TraceView): string[] {
  const { paint, verbose, width, texts } = view;
  const lines = (first: string, texts: readonly string[]) =>
    texts.flatMap(text => hang(INDENT + first, printable(text), width));
  const shown = [
    ...lines('· ', verbose ? step.details : fewDetails(step, view)),
    ...lines(`${texts.not} `, losers(step, view)),
    ...(verbose ? lines(`${texts.see} `, sources(step)) : []),
    ...(verbose ? step.istioctl.flatMap(command => shellLines(printable(command), INDENT, width)) : []),
  ];
  return shown.map(line => paint('dim', line));
}

/** Which gateways, the endpoints, and what the two sides show each other are what people look for; other details wait for -v. */
const ALWAYS: ReadonlySet<Step['hop']> = new Set(['capture', 'endpoints', 'peer']);

function fewDetails({ hop, details }: Step, { texts }: TraceView): string[] {
  if (!ALWAYS.has(hop)) return [];
  const more = details.length - FEW;
  return more <= 1 ? details : [...details.slice(0, FEW), texts.more(more)];
}

/** What does not serve, such as a rejected listener, is told wherever it would have counted. */
function losers({ candidates, status }: Step, { verbose, texts }: TraceView): string[] {
  const shown = verbose
    ? candidates
    : candidates.filter(({ criterion }) => status === 'rejected' || criterion === 'state').slice(0, FEW);
  return shown.map(({ name, reason }) => `${name ?? texts.unnamed}: ${reason}`);
}

function sources({ evidence }: Step): string[] {
  return evidence.map(({ document, pointer }) => `${document} ${pointer}`);
}
