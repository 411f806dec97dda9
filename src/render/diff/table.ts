import type { Difference, DriftResult, Effect, KindSummary } from '../../compare/drift/difference.js';
import type { Paint } from '../paint.js';
import { printable } from '../printable.js';
import { remedyParts } from '../remedy.js';
import { describeRequest } from '../request-line.js';
import { shellLines } from '../shell-lines.js';
import { columns, hang, padColumns, wrap } from '../wrap.js';
import { unifiedOf } from './unified.js';
import { fieldLine } from './value.js';
import { heading, kindHeading, LABELS, SIGNS, titleOf, verdict } from './words.js';

export interface DiffTableOptions {
  /** Columns of the terminal. */
  readonly width: number;
  readonly paint: Paint;
}

const INDENT = '    ';
const MAX_FIELDS = 10;
const MAX_EFFECTS = 5;
const MAX_WIDTH = 160;

/** A comparison for people: what is compared, the verdict, a summary by kind, the differences with the worst first, and notes; text diffs where the differences carry texts. */
export function renderDiff(result: DriftResult, options: DiffTableOptions): string {
  const view = { ...options, width: Math.min(options.width, MAX_WIDTH) };
  const { paint, width } = view;
  const parts = [
    [...wrap(printable(heading(result)), width).map(line => paint('bold', line)), ...verdictLines(result, view)],
    result.equal ? [] : summaryLines(result, paint),
    ...result.differences.map((difference, index) => differenceLines(difference, index + 1, result, view)),
    noteLines(result, view),
  ];
  return parts
    .filter(lines => lines.length > 0)
    .map(lines => `${lines.join('\n')}\n`)
    .join('\n');
}

function verdictLines(result: DriftResult, { width, paint }: DiffTableOptions): string[] {
  const style = result.equal
    ? 'good'
    : result.differences.some(({ effects }) => effects.some(({ weight }) => weight === 2))
      ? 'bad'
      : 'warn';
  return wrap(verdict(result), width).map(line => paint(style, line));
}

/** A line a kind; numbers of zero stay away. */
function summaryLines({ summary, left, right }: DriftResult, paint: Paint): string[] {
  const first = Math.max(...summary.map(({ kind }) => columns(kindHeading(kind))));
  return summary.map(({ kind, equal, onlyLeft, onlyRight, changed }: KindSummary) => {
    const counts = [
      equal > 0 ? `${equal} equal` : '',
      onlyLeft > 0 ? paint('bad', `- ${onlyLeft} only in ${printable(left)}`) : '',
      onlyRight > 0 ? paint('good', `+ ${onlyRight} only in ${printable(right)}`) : '',
      changed > 0 ? paint('warn', `~ ${changed} changed`) : '',
    ];
    const told = counts.filter(count => count !== '').join(', ');
    return `  ${padColumns(kindHeading(kind), first)}  ${told === '' ? 'match' : told}`;
  });
}

function differenceLines(
  difference: Difference,
  number: number,
  result: DriftResult,
  options: DiffTableOptions,
): string[] {
  const { width, paint } = options;
  const { change, why, remedy, paths } = difference;
  const { prose, commands } = remedyParts(printable(remedy));
  return [
    ...titleLines(difference, number, options),
    ...hang(INDENT, printable(why), width),
    ...(paths.length > 2 || change === 'changed' ? fieldLines(difference, options) : []),
    ...effectLines(difference, result, options),
    ...hang(`${INDENT}→ `, prose, width),
    ...commands.flatMap(command => shellLines(command, `${INDENT}  `, width)),
    ...unifiedLines(unifiedOf(difference, result), paint),
  ];
}

/** The cause stands beside the resource, or below it where both are too long for a line. */
function titleLines(difference: Difference, number: number, { width, paint }: DiffTableOptions): string[] {
  const { sign, style } = SIGNS[difference.change];
  const cause = LABELS[difference.cause];
  const title = printable(titleOf(difference));
  const first = `${number}. ${paint(style, sign)} ${paint('bold', title)}`;
  const isWide = columns(`${number}. ${sign} ${title}  ${cause.label}`) > width;
  return isWide ? [first, INDENT + paint(cause.style, cause.label)] : [`${first}  ${paint(cause.style, cause.label)}`];
}

function fieldLines({ paths }: Difference, { width, paint }: DiffTableOptions): string[] {
  const shown = paths.slice(0, MAX_FIELDS).flatMap(change => {
    const { sign, text } = fieldLine(change);
    const style = sign === '-' ? 'bad' : sign === '+' ? 'good' : 'warn';
    return hang(`${INDENT}${sign} `, text, width).map(line => paint(style, line));
  });
  const more = paths.length - MAX_FIELDS;
  return more > 0 ? [...shown, paint('dim', `${INDENT}  and ${more} more fields (-o json has them all)`)] : shown;
}

function effectLines(
  { effects, effect }: Difference,
  { left, right }: DriftResult,
  options: DiffTableOptions,
): string[] {
  const { width, paint } = options;
  const label = Math.max(columns(left), columns(right));
  const shown = effects
    .slice(0, MAX_EFFECTS)
    .flatMap(({ request, left: onLeft, right: onRight, weight }: Effect) => [
      ...hang(INDENT, printable(describeRequest(request)), width).map(line => paint('bold', line)),
      ...hang(`${INDENT}  ${padColumns(printable(left), label)}  `, printable(onLeft), width),
      ...hang(`${INDENT}  ${padColumns(printable(right), label)}  `, printable(onRight), width).map(line =>
        paint(weight === 2 ? 'bad' : weight === 1 ? 'warn' : 'good', line),
      ),
    ]);
  const more = effects.length - MAX_EFFECTS;
  const rest = more > 0 ? [paint('dim', `${INDENT}and ${more} more kinds of requests`)] : [];
  const said = hang(INDENT, printable(effect), width);
  return [...said.map(line => (effects.length === 0 ? paint('dim', line) : line)), ...shown, ...rest];
}

function unifiedLines(unified: string, paint: Paint): string[] {
  if (unified === '') return [];
  return unified
    .trimEnd()
    .split('\n')
    .map(line => {
      const text = `${INDENT}${printable(line)}`;
      if (line.startsWith('-')) return paint('bad', text);
      if (line.startsWith('+')) return paint('good', text);
      return line.startsWith('@@') ? paint('dim', text) : text;
    });
}

function noteLines({ notes }: DriftResult, { width, paint }: DiffTableOptions): string[] {
  if (notes.length === 0) return [];
  return [paint('bold', 'Notes'), ...notes.flatMap(({ text }) => hang('  - ', printable(text), width))];
}
