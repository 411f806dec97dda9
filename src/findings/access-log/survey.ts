import type { ProxyOfLine } from '../../compare/access-log/proxy-of-line.js';
import { requestOfLine } from '../../compare/access-log/request-of-line.js';
import type { LogEntry } from '../../decode/access-log/entry.js';
import type { ReadLine } from '../../decode/access-log/reader.js';
import type { ProxyConfig } from '../../model/proxy.js';
import { withoutSecretText } from '../../model/redact/secret-text.js';
import type { TraceRequest } from '../../trace/request.js';
import type { FindingSummary, TraceResult, Verdict } from '../../trace/result.js';
import type { TraceSettings } from '../../trace/settings.js';
import { RequestError } from '../../trace/target.js';
import { type Agreement, isFailing, type Judgement, judge } from './agreement.js';
import { isTooShort, type TimeLimits } from './time-limits.js';
import { type TracedLine, traceLine } from './trace-line.js';

/** What lines of one kind say. */
interface Logged {
  readonly code: number | null;
  readonly flags: readonly string[];
  readonly details: string | null;
  readonly termination: string | null;
  readonly transportFailure: string | null;
}

/** Lines that say the same, of requests that the configuration decides alike. */
export interface LogGroup {
  readonly count: number;
  /** How many different requests they are of. */
  readonly requests: number;
  /** Times of the first and last line, as logged. */
  readonly first: string | null;
  readonly last: string | null;
  readonly proxy: string;
  readonly logged: Logged;
  readonly agreement: Agreement;
  readonly share: number | null;
  readonly otherCluster: string | null;
  /** What makes Envoy give up on such a request by the configuration, where the lines say that it did; else null. */
  readonly limits: TimeLimits | null;
  /** How long the shortest and the longest took, in milliseconds; null where the format does not say. */
  readonly durations: { readonly least: number; readonly most: number } | null;
  /** One of the requests, to trace by itself. */
  readonly request: TraceRequest;
  /** The same as the trace resolved it. */
  readonly resolved: Record<string, unknown>;
  /** How the configuration ends it. */
  readonly verdict: Verdict;
  readonly sentence: string;
  /** The cluster and the route table that it chooses, where all branches choose the same. */
  readonly cluster: string | null;
  readonly routeConfig: string | null;
  /** The first finding of the trace. */
  readonly finding: FindingSummary | null;
  /** Time of the proxy's newest resource, RFC 3339; null where the dump has none. */
  readonly configuredAt: string | null;
}

/** The answer of `mesh-trace logs`; the contract of its `-o json`. */
export interface LogReport {
  readonly schemaVersion: 1;
  readonly lines: number;
  /** Lines that are no access-log lines. */
  readonly otherLines: number;
  readonly failing: number;
  /** Lines whose proxy or destination nothing tells. */
  readonly unplaced: number;
  /** Lines of further different requests, beyond the bound: counted, not traced. */
  readonly untraced: number;
  /** The commonest first. */
  readonly groups: readonly LogGroup[];
}

/** Traces a request; down the branches to one cluster, where it is known to have gone there. Throws RequestError. */
type Trace = (proxy: ProxyConfig, request: TraceRequest, settings: Pick<TraceSettings, 'cluster'>) => TraceResult;

export interface SurveyOptions {
  readonly proxyOf: ProxyOfLine;
  readonly trace: Trace;
  /** A result with its findings: asked once a group. */
  readonly findingsIn: (result: TraceResult) => TraceResult;
  /** Every line, not only those that tell of a failure. */
  readonly isAll: boolean;
  /** How many different cases are traced and kept. */
  readonly maxCases: number;
}

type Counting = { -readonly [K in keyof LogGroup]: LogGroup[K] };

/** Counts access-log lines by case, and traces each case once: memory grows with the cases, up to a bound, not with the lines. */
export class LogSurvey {
  private readonly cases = new Map<string, Counting | null>();
  private readonly groups = new Map<string, Counting>();
  private readonly counts = { lines: 0, otherLines: 0, failing: 0, unplaced: 0, untraced: 0 };

  constructor(private readonly options: SurveyOptions) {}

  /** Takes one line; null for a line that is none of an access log. */
  add(line: ReadLine | null): void {
    this.counts.lines++;
    if (line === null) {
      this.counts.otherLines++;
      return;
    }
    const failing = isFailing(line.entry);
    if (failing) this.counts.failing++;
    if (failing || this.options.isAll) this.count(line);
  }

  report(): LogReport {
    const groups = [...this.groups.values()].map(inTime).sort((a, b) => b.count - a.count);
    return { schemaVersion: 1, ...this.counts, groups };
  }

  private count(line: ReadLine): void {
    const { entry } = line;
    const proxy = this.options.proxyOf(line);
    const request = proxy === null ? null : requestOfLine(entry, proxy);
    if (proxy === null || request === null) {
      this.counts.unplaced++;
      return;
    }
    const key = JSON.stringify([proxy.name, request, loggedOf(entry), entry.upstreamCluster]);
    let group = this.cases.get(key);
    if (group === undefined) {
      if (this.cases.size >= this.options.maxCases) {
        this.counts.untraced++;
        return;
      }
      group = this.groupOf(proxy, request, entry);
      this.cases.set(key, group);
    }
    if (group === null) this.counts.unplaced++;
    else addTimes(group, entry);
  }

  private groupOf(proxy: ProxyConfig, request: TraceRequest, entry: LogEntry): Counting | null {
    const traced = this.traced(proxy, request, entry);
    if (traced === null) return null;
    const { result } = traced;
    const judgement = judge(entry, traced);
    const { outcome, reason, cluster, virtualHost, route } = result;
    const way = [traced.cluster, outcome, reason, cluster, virtualHost, route];
    const key = JSON.stringify([proxy.name, loggedOf(entry), judgement, ...way]);
    const group = this.groups.get(key) ?? newGroup(proxy, request, entry, this.options.findingsIn(result), judgement);
    group.requests++;
    this.groups.set(key, group);
    return group;
  }

  /** A line that makes no request, such as one with a broken host, is not placed. */
  private traced(proxy: ProxyConfig, request: TraceRequest, entry: LogEntry): TracedLine | null {
    try {
      return traceLine(entry, settings => this.options.trace(proxy, request, settings));
    } catch (error) {
      if (error instanceof RequestError) return null;
      throw error;
    }
  }
}

function newGroup(
  proxy: ProxyConfig,
  request: TraceRequest,
  entry: LogEntry,
  result: TraceResult,
  judgement: Judgement,
): Counting {
  const { outcome, responseCode, responseFlag, responseCodeDetails, reason } = result;
  return {
    count: 0,
    requests: 0,
    first: null,
    last: null,
    durations: null,
    proxy: proxy.name,
    logged: loggedOf(entry),
    ...judgement,
    request: withoutSecretPath(request),
    resolved: withoutSecretPath(result.request),
    verdict: { outcome, responseCode, responseFlag, responseCodeDetails, reason },
    sentence: result.sentence,
    cluster: result.cluster,
    routeConfig: result.routeConfig,
    finding: findingOf(result),
    configuredAt: proxy.newestUpdate,
  };
}

/** Logs hold the tokens of other people. */
function withoutSecretPath<T extends { path?: unknown }>(request: T): T {
  return typeof request.path === 'string' ? { ...request, path: withoutSecretText(request.path) } : request;
}

/** Findings that may make requests fail which the configuration forwards. */
const BEHIND_FORWARDING: ReadonlySet<string> = new Set([
  'target-port-unserved',
  'ejected-endpoints',
  'panic-mode',
  'timeout-shorter-than-retries',
]);

/** What may have to do with a failure: where the configuration forwards the request, many a finding has not. */
function findingOf(result: TraceResult): FindingSummary | null {
  const { outcome, findings } = result;
  const goesOn = outcome === 'forwarded' || outcome === 'passthrough';
  const about = findings.filter(({ code, severity }) => !goesOn || severity === 'error' || BEHIND_FORWARDING.has(code));
  return about.find(finding => !isBesideBranch(finding, result)) ?? null;
}

/** Whether it is about one of a route's weighted clusters that no branch at hand leads to. */
function isBesideBranch({ pointer }: FindingSummary, { steps }: TraceResult): boolean {
  const taken = steps.flatMap(({ hop, pointer: chosen }) => (hop === 'action' && chosen !== null ? [chosen] : []));
  const lists = taken.filter(chosen => /\/\d+$/.test(chosen)).map(chosen => chosen.replace(/\d+$/, ''));
  const lies = (within: string) => `${pointer}/`.startsWith(within);
  return lists.some(lies) && !taken.some(chosen => lies(`${chosen}/`));
}

function loggedOf({ code, flags, details, termination, transportFailure }: LogEntry): Logged {
  return { code, flags, details, termination, transportFailure };
}

/** A configuration under which Envoy waits longer than any of the lines took gave up on none of them. */
function inTime(group: LogGroup): LogGroup {
  const { limits, durations, agreement } = group;
  const isOtherwise = limits !== null && durations !== null && isTooShort(limits, durations.most);
  return isOtherwise && agreement === 'upstream' ? { ...group, agreement: 'changed' } : group;
}

/** Lines come in the order of time, by and large. */
function addTimes(group: Counting, { time, duration }: LogEntry): void {
  group.count++;
  if (duration !== null) {
    const { least, most } = group.durations ?? { least: duration, most: duration };
    group.durations = { least: Math.min(least, duration), most: Math.max(most, duration) };
  }
  if (time === null) return;
  if (group.first === null || time < group.first) group.first = time;
  if (group.last === null || time > group.last) group.last = time;
}
