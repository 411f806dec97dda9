import type { Agreement } from '../findings/access-log/agreement.js';
import type { LogGroup, LogReport } from '../findings/access-log/survey.js';
import { explainTerm } from '../findings/explain.js';
import { COMMANDS } from '../findings/explanations/commands.js';
import type { ExplainedTerm } from '../findings/explanations/explained.js';
import type { Language } from '../findings/explanations/text.js';
import { splitName } from '../model/node.js';
import { quote } from '../trace/evidence.js';
import { percent } from '../trace/percent.js';
import { fillIn } from './fill-in.js';
import type { LogTexts } from './lang/logs-texts.js';
import { TEXTS } from './lang/texts.js';
import type { Paint, Style } from './paint.js';
import { printable } from './printable.js';
import { remedyParts } from './remedy.js';
import { describeRequest } from './request-line.js';
import { shellLines } from './shell-lines.js';
import { traceCommand } from './trace/command.js';
import { columns, hang, padColumns } from './wrap.js';

export interface LogsView {
  /** Columns of the terminal. */
  readonly width: number;
  readonly paint: Paint;
  readonly language: Language;
  /** Where the configuration was read from; none where istioctl was asked. */
  readonly files: readonly string[];
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
  const labels = Math.max(...facts.map(({ label }) => columns(label)));
  return [
    paint('bold', `${group.count}×  ${printable(loggedAs(group))}`),
    ...hang(INDENT, printable(describeRequest(group.resolved)), width),
    ...hang(INDENT, printable(whose(group, texts)), width).map(line => paint('dim', line)),
    ...hang(`${INDENT}${mark} `, printable(judgement(group, texts)), width).map(line => paint(style, line)),
    ...facts.flatMap(fact => factLines(fact, labels, width)),
    ...shellLines(printable(commandOf(group, view)), INDENT, width).map(line => paint('dim', line)),
  ];
}

/** Traces the case by itself, from what was read. */
function commandOf({ proxy, request }: LogGroup, { files }: LogsView): string {
  const read = files.filter(file => file !== '-').map(file => ` -f ${quote(file)}`);
  return traceCommand(proxy, request) + read.join('');
}

function factLines({ label, text, commands = [] }: Fact, labels: number, width: number): string[] {
  const first = `${INDENT}${padColumns(label, labels)}  `;
  return [
    ...hang(first, printable(text), width),
    ...commands.flatMap(command => shellLines(printable(command), ' '.repeat(columns(first)), width)),
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
  const { agreement, share, otherCluster } = group;
  const isOtherwise = agreement === 'changed' || agreement === 'differs';
  return [
    texts.agreements[agreement],
    ...(isOtherwise ? [whyOtherwise(group, texts)] : []),
    ...(share === null ? [] : [texts.share(percent(share))]),
    ...(otherCluster === null ? [] : [texts.otherCluster(otherCluster)]),
    ...timing(group, texts),
  ].join(' ');
}

function whyOtherwise({ configuredAt, last }: LogGroup, { otherwise }: LogTexts): string {
  if (configuredAt === null || Number.isNaN(Date.parse(last ?? ''))) return otherwise.unknown;
  return Date.parse(configuredAt) > Date.parse(last ?? '')
    ? otherwise.newer(configuredAt)
    : otherwise.older(configuredAt);
}

/** How long Envoy waits for such a request, beside how long the lines took. */
function timing({ limits, durations }: LogGroup, texts: LogTexts): string[] {
  if (limits === null) return [];
  const set = Object.entries(limits).flatMap(([field, limit]) => (limit === null ? [] : [`${field} ${limit}`]));
  const took = durations === null ? [] : [texts.took(durationsOf(durations))];
  return [set.length === 0 ? texts.noLimit(Object.keys(limits)) : texts.limits(set.join(', ')), ...took];
}

function durationsOf({ least, most }: NonNullable<LogGroup['durations']>): string {
  return least === most ? `${most / 1000}s` : `${least / 1000}s … ${most / 1000}s`;
}

/** What is told of a case under a label; its commands stand on lines of their own, so that they can be copied. */
interface Fact {
  readonly label: string;
  readonly text: string;
  readonly commands?: readonly string[];
}

function factsOf(group: LogGroup, texts: LogTexts, language: Language): Fact[] {
  const { sentence, finding, logged, agreement } = group;
  const terms = logged.flags.length > 0 ? logged.flags : [logged.details ?? String(logged.code)];
  const explained = terms.flatMap(term => explainTerm(term, language)?.terms.slice(0, 1) ?? []);
  const next = agreement === 'agrees' ? [] : explained.slice(0, 1).flatMap(stepsOf);
  return [
    { label: texts.traced, text: sentence },
    ...(finding === null ? [] : [findingFact(finding, texts)]),
    ...explained.map(({ term, means }) => ({ label: texts.means, text: `${term}: ${means}` })),
    ...next.map(({ say, command }) => ({
      label: texts.next,
      text: say,
      commands: command === null ? [] : [filledIn(command, group)],
    })),
  ];
}

/** What stands below each case, or is at work. */
const DONE: readonly (string | null)[] = [COMMANDS.trace, COMMANDS.logs];

/** The first steps that a term advises. */
function stepsOf({ next }: ExplainedTerm): ExplainedTerm['next'] {
  return next.filter(({ command }) => !DONE.includes(command)).slice(0, 2);
}

function filledIn(command: string, { proxy, resolved, cluster, routeConfig }: LogGroup): string {
  return fillIn(command, { proxy, request: resolved, cluster, weightedClusters: [], routeConfig }, splitName(proxy));
}

function findingFact({ title, remedy }: NonNullable<LogGroup['finding']>, texts: LogTexts): Fact {
  const { prose, commands } = remedyParts(remedy);
  return { label: texts.finding, text: `${title}. ${prose}`, commands };
}
