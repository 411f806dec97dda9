import type { Agreement } from '../findings/access-log/agreement.js';
import type { LogGroup, LogReport } from '../findings/access-log/survey.js';
import { explainTerm } from '../findings/explain.js';
import type { Language } from '../findings/explanations/text.js';
import { percent } from '../trace/percent.js';
import type { LogTexts } from './lang/logs-texts.js';
import { TEXTS } from './lang/texts.js';
import type { Paint, Style } from './paint.js';
import { printable } from './printable.js';
import { describeRequest } from './request-line.js';
import { shellLines } from './shell-lines.js';
import { traceCommand } from './trace-command.js';
import { columns, hang, padColumns } from './wrap.js';

export interface LogsView {
  /** Columns of the terminal. */
  readonly width: number;
  readonly paint: Paint;
  readonly language: Language;
}

const MARKS: Record<Agreement, readonly [string, Style]> = {
  agrees: ['=', 'good'],
  changed: ['≠', 'warn'],
  upstream: ['→', 'warn'],
  client: ['←', 'warn'],
  'run-time': ['~', 'warn'],
  differs: ['≠', 'bad'],
  undetermined: ['?', 'warn'],
};

const INDENT = '  ';

/** What an access log says, case by case, and whether the configuration explains it. */
export function logsTable(report: LogReport, view: LogsView): string {
  const texts = TEXTS[view.language].logs;
  const { groups, failing, unplaced, untraced } = report;
  const notes = [
    ...(groups.length === 0 && failing === 0 ? [texts.noFailures] : []),
    ...(unplaced === 0 ? [] : [texts.unplaced(unplaced)]),
    ...(untraced === 0 ? [] : [texts.untraced(untraced)]),
  ];
  const lines = [
    view.paint('bold', texts.summary(report)),
    ...notes.flatMap(note => hang('', note, view.width)),
    ...groups.flatMap(group => ['', ...groupLines(group, texts, view)]),
  ];
  return `${lines.join('\n')}\n`;
}

function groupLines(group: LogGroup, texts: LogTexts, view: LogsView): string[] {
  const { paint, width } = view;
  const [mark, style] = MARKS[group.agreement];
  const facts = factsOf(group, texts, view.language);
  const labels = Math.max(...facts.map(([label]) => columns(label)));
  return [
    paint('bold', `${group.count}×  ${printable(loggedAs(group))}`),
    ...hang(INDENT, printable(describeRequest(group.resolved)), width),
    ...hang(INDENT, printable(whose(group, texts)), width).map(line => paint('dim', line)),
    ...hang(`${INDENT}${mark} `, printable(judgement(group, texts)), width).map(line => paint(style, line)),
    ...facts.flatMap(([label, value]) => hang(`${INDENT}${padColumns(label, labels)}  `, printable(value), width)),
    ...shellLines(traceCommand(group.proxy, group.request), INDENT, width).map(line => paint('dim', line)),
  ];
}

/** What stands in the log, in its own order. */
function loggedAs({ logged }: LogGroup): string {
  const { code, flags, details, termination, transportFailure } = logged;
  const parts = [code ?? '-', flags.length === 0 ? '-' : flags.join(','), details, termination, transportFailure];
  return parts.filter(part => part !== null).join(' ');
}

function whose({ proxy, count, requests, first, last }: LogGroup, texts: LogTexts): string {
  const times = first === null ? '' : `, ${first === last ? first : `${first} … ${last}`}`;
  return `${proxy}: ${texts.lines(count, requests)}${times}`;
}

/** The judgement, what it holds for, and whether the configuration is newer than the lines. */
function judgement(group: LogGroup, texts: LogTexts): string {
  const { agreement, share, otherCluster, configuredAt, last } = group;
  const isOtherwise = agreement === 'changed' || agreement === 'differs';
  const isNewer = configuredAt !== null && last !== null && Date.parse(configuredAt) > Date.parse(last);
  const isKnown = configuredAt !== null && !Number.isNaN(Date.parse(last ?? ''));
  return [
    texts.agreements[agreement],
    ...(share === null ? [] : [texts.share(percent(share))]),
    ...(otherCluster === null ? [] : [texts.otherCluster(otherCluster)]),
    ...(isOtherwise && isKnown
      ? [isNewer ? texts.configuredAfter(configuredAt) : texts.configuredBefore(configuredAt)]
      : []),
  ].join(' ');
}

function factsOf(
  { sentence, finding, logged, agreement }: LogGroup,
  texts: LogTexts,
  language: Language,
): [string, string][] {
  const terms = logged.flags.length > 0 ? logged.flags : [logged.details ?? String(logged.code)];
  const explained = terms.flatMap(term => explainTerm(term, language)?.terms.slice(0, 1) ?? []);
  const next = agreement === 'agrees' ? [] : explained.slice(0, 1).flatMap(term => term.next.slice(0, 2));
  return [
    [texts.traced, sentence],
    ...(finding === null ? [] : [[texts.finding, `${finding.title}. ${finding.remedy}`] as [string, string]]),
    ...explained.map(({ term, means }): [string, string] => [texts.means, `${term}: ${means}`]),
    ...next.map(({ say, command }): [string, string] => [texts.next, command === null ? say : `${say} ${command}`]),
  ];
}
