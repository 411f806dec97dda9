import { DecodeProblem } from '../decode/problem.js';
import type { FindingSettings } from '../findings/now.js';
import { ProxyNotFound } from '../model/select.js';
import { damageIn } from '../model/snapshot.js';
import type { TraceRequest } from '../trace/request.js';
import type { TraceResult } from '../trace/result.js';
import { RequestError } from '../trace/target.js';
import type { Loaded } from './load.js';
import { Remembered } from './remembered.js';

/** An address of IPv4, or of IPv6 in the brackets that a port needs. */
const ADDRESS = /\d{1,3}(?:\.\d{1,3}){3}|\[([0-9a-f:.]+)\]/gi;

/** Traces a request; its position among all is its id unless it has one. */
type Trace = (request: TraceRequest, position: number) => TraceResult;

/** The answer to one request, or why there is none: one bad request, or one bad entry of a dump, does not stop the others. */
export type Answer = TraceResult | Unanswered;

type Unanswered = RequestError | ProxyNotFound | DecodeProblem;

/**
 * Traces requests in their order. Proxies behind the endpoints that a request reaches are read when the first one reaches them; where one
 * goes to what its proxy does not know, some of the other proxies are read as well, so that the findings can tell who knows it.
 */
export class TraceWithPeers {
  private trace: Trace;
  private hasOthers = false;
  private readonly remembered = new Remembered();
  private readonly told: Set<string>;

  constructor(
    private loaded: Loaded,
    private readonly tracer: (loaded: Loaded) => Trace,
    private readonly settings: FindingSettings,
  ) {
    this.trace = tracer(loaded);
    this.told = new Set(loaded.warnings);
  }

  /** What is to be said of what was read since the last time, or found damaged in it. */
  news(): string[] {
    const all = [...this.loaded.warnings, ...damageIn(this.loaded.snapshot)];
    const news = all.filter(warning => !this.told.has(warning));
    for (const warning of news) this.told.add(warning);
    return news;
  }

  /** Answers each request when it is asked for, so that nobody need hold them all. Throws what reading a proxy throws. */
  async *answers(requests: readonly TraceRequest[]): AsyncGenerator<Answer> {
    if (requests.length > 1) await this.readAhead(oneToEachDestination(requests));
    const { withFindings } = await import('../findings/of-trace.js');
    for (const [index, request] of requests.entries()) {
      const known = this.remembered.get(request, index + 1);
      if (known !== undefined) {
        yield known;
        continue;
      }
      const traced = await this.traced(request, index + 1);
      const answer = isResult(traced)
        ? orUnanswered(() => withFindings(traced, this.loaded.snapshot, this.settings))
        : traced;
      if (isResult(answer)) this.remembered.add(request, answer);
      yield answer;
    }
  }

  private async traced(request: TraceRequest, position: number): Promise<Answer> {
    for (;;) {
      const answer = this.attempt(request, position);
      if (!isResult(answer) || !(await this.readsMore([answer]))) return answer;
    }
  }

  /** One request to each destination shows which proxies all of them will want. */
  private async readAhead(requests: readonly TraceRequest[]): Promise<void> {
    while (this.loaded.withPeers !== undefined) {
      const answers = requests.map(request => this.attempt(request, 1));
      if (!(await this.readsMore(answers.filter(isResult)))) return;
    }
  }

  private attempt(request: TraceRequest, position: number): Answer {
    return orUnanswered(() => this.trace(request, position));
  }

  private async readsMore(results: readonly TraceResult[]): Promise<boolean> {
    const more = (await this.loaded.withPeers?.(addressesIn(results))) ?? (await this.others(results));
    if (more === null) return false;
    this.loaded = more;
    this.trace = this.tracer(more);
    this.remembered.clear();
    return true;
  }

  private async others(results: readonly TraceResult[]): Promise<Loaded | null> {
    if (this.hasOthers || !results.some(isUnknownThere)) return null;
    this.hasOthers = true;
    return (await this.loaded.withOthers?.()) ?? null;
  }
}

function orUnanswered(answer: () => TraceResult): Answer {
  try {
    return answer();
  } catch (error) {
    if (isUnanswered(error)) return error;
    throw error;
  }
}

/** Whether this is why one request has no answer, which concerns no other. */
export function isUnanswered(error: unknown): error is Unanswered {
  return error instanceof RequestError || error instanceof ProxyNotFound || error instanceof DecodeProblem;
}

/** Whether a request was answered. */
export function isResult(answer: Answer): answer is TraceResult {
  return !(answer instanceof Error);
}

function oneToEachDestination(requests: readonly TraceRequest[]): TraceRequest[] {
  const found = new Map<string, TraceRequest>();
  for (const request of requests) {
    const { proxy, to, ip, port, direction } = request;
    const key = JSON.stringify([proxy, to, ip, port, direction]);
    if (!found.has(key)) found.set(key, request);
  }
  return [...found.values()];
}

/** Ends of requests to what a proxy does not know. */
const UNKNOWN_THERE: ReadonlySet<string | null> = new Set([
  'passthrough',
  'blackholed',
  'no_cluster',
  'direct_response',
  'no_virtual_host',
]);

function isUnknownThere({ outcome, reason }: TraceResult): boolean {
  return UNKNOWN_THERE.has(outcome) || UNKNOWN_THERE.has(reason);
}

function addressesIn(results: readonly TraceResult[]): Set<string> {
  const addresses = new Set<string>();
  for (const result of results) {
    for (const [address, inBrackets] of JSON.stringify(result).matchAll(ADDRESS)) addresses.add(inBrackets ?? address);
  }
  return addresses;
}
