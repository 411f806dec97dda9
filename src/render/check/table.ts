import type { CheckedFinding, CheckResult } from '../../findings/check-result.js';
import { describeObject } from '../../findings/finding.js';
import type { Paint, Style } from '../paint.js';
import { printable } from '../printable.js';
import { remedyParts } from '../remedy.js';
import { shellLines } from '../shell-lines.js';
import { columns, hang } from '../wrap.js';
import { describeCounts, describeProxies, type FindingGroup, groupFindings } from './groups.js';

export interface CheckView {
  readonly width: number;
  readonly paint: Paint;
  /** All that is said and all evidence, instead of the first of each. */
  readonly verbose: boolean;
}

const STYLES: Record<string, Style> = { error: 'bad', warning: 'warn', info: 'dim' };
const INDENT = '    ';
const MAX_WIDTH = 120;
/** Of several findings of one kind about one object so many are told in full. */
const MOST = 2;

/** Findings for a terminal, gravest first, what to do below each; of those that `--show` left out the number alone. */
export function renderCheck(
  { findings, proxies }: CheckResult,
  leftOut: readonly CheckedFinding[],
  terminal: CheckView,
): string {
  const view = { ...terminal, width: Math.min(terminal.width, MAX_WIDTH) };
  const checked = `${proxies.length} ${proxies.length === 1 ? 'proxy' : 'proxies'} checked`;
  const groups = groupFindings(findings);
  const blocks = groups.map(group => [...renderGroup(group, view), '']);
  const codes = groups.length === 0 ? [] : ['mesh-trace explain CODE says more of each.'];
  return `${[...blocks.flat(), `${checked}: ${describeCounts(groups, groupFindings(leftOut))}.`, ...codes].join('\n')}\n`;
}

function renderGroup({ first, whys, proxies }: FindingGroup, { width, paint, verbose }: CheckView): string[] {
  const advice = remedyParts(first.remedy);
  const shown = verbose ? whys : whys.slice(0, MOST);
  const more = whys.length - shown.length;
  const place = first.evidence[0];
  const where = place === undefined ? '' : `, ${place.document} ${place.pointer}`;
  const seen = proxies.length === 0 ? '' : `In ${describeProxies(proxies)}${where}`;
  const paragraph = (text: string) => hang(INDENT, printable(text), width);
  return [
    ...headLines(first, { width, paint }),
    ...shown.flatMap(paragraph),
    ...(more > 0 ? paragraph(`And ${more} more like this (-v shows all).`) : []),
    ...hang(`${INDENT}→ `, printable(advice.prose), width),
    ...advice.commands.flatMap(command => shellLines(printable(command), `${INDENT}  `, width)),
    ...(seen === '' ? [] : paragraph(seen).map(line => paint('dim', line))),
    ...(verbose ? evidence(first.evidence, width, paint) : []),
  ];
}

/** The object stands beside the finding, or below it where both are too long for a line. */
function headLines(
  { severity, code, title, resource }: FindingGroup['first'],
  { width, paint }: Pick<CheckView, 'width' | 'paint'>,
): string[] {
  const object = printable(resource === null ? title : describeObject(resource));
  const head = `${paint(STYLES[severity] ?? 'dim', severity)} ${paint('bold', code)}`;
  const isWide = columns(`${severity} ${code}  ${object}`) > width;
  return isWide ? [head, INDENT + object] : [`${head}  ${object}`];
}

function evidence(places: FindingGroup['first']['evidence'], width: number, paint: Paint): string[] {
  return places.flatMap(({ document, pointer, kind, name }) =>
    hang(`${INDENT}see `, printable(`${kind} ${name ?? ''} ${document} ${pointer}`), width).map(line =>
      paint('dim', line),
    ),
  );
}
