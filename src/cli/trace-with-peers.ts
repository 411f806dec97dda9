import { DecodeProblem } from '../decode/problem.js';
import type { FindingSettings } from '../findings/now.js';
import { ProxyNotFound } from '../model/select.js';
import { damageIn, isDamaged } from '../model/snapshot.js';
import type { TraceRequest } from '../trace/request.js';
import type { TraceResult } from '../trace/result.js';
import { RequestError } from '../trace/target.js';
import type { Loaded } from './load.js';
import { addressesIn, isUnknownThere } from './missing-peers.js';
import { Remembered } from './remembered.js';

/** Traces a request; its position among all is its id unless it has one. */
type Trace = (request: TraceRequest, position: number) => TraceResult;

/** The answer to one request, or why there is none: one bad request, or one bad entry of a dump, does not stop the others. */
export type Answer<Told = TraceResult> = Told | Unanswered;

type Unanswered = RequestError | ProxyNotFound | DecodeProblem;

/** The requests that are left. */
export interface Rest {
  readonly requests: readonly TraceRequest[];
  /** The position of the first of them among all, from 0 on. */
  readonly from: number;
}

/**
 * What others answer of the requests that are left, in their order, by what has been read; null for each that they cannot answer, as more
 * is to be read for it, or an entry that is no JSON was met. `mayReadOthers`: so it is of one that goes to what its proxy does not know.
 * Null where nobody helps, not later either.
 */
export type Helpers<Told> = (rest: Rest, loaded: Loaded, mayReadOthers: boolean) => AsyncIterable<Told | null> | null;

/** What is made of answers. */
export interface Telling<Told> {
  readonly settings: FindingSettings;
  /** What is told of a result; nothing else is kept of it. */
  readonly toldOf: (result: TraceResult) => Told;
  readonly helpers: Helpers<Told>;
}

/**
 * Traces requests in their order. Proxies behind the endpoints that a request reaches are read when the first one reaches them; where one
 * goes to what its proxy does not know, some of the other proxies are read as well, so that the findings can tell who knows it.
 */
export class TraceWithPeers<Told> {
  private trace: Trace;
  private hasOthers = false;
  private readonly remembered = new Remembered();
  private readonly told: Set<string>;

  constructor(
    private loaded: Loaded,
    private readonly tracer: (loaded: Loaded) => Trace,
    private readonly telling: Telling<Told>,
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
  async *answers(requests: readonly TraceRequest[]): AsyncGenerator<Answer<Told>> {
    if (requests.length > 1) await this.readAhead(oneToEachDestination(requests));
    let from = 0;
    for (;;) {
      const rest = { requests: requests.slice(from), from };
      const helped = rest.requests.length === 0 ? null : this.helped(rest);
      if (helped === null) break;
      for await (const answer of helped) {
        from++;
        yield answer;
      }
    }
    for (const request of requests.slice(from)) yield await this.answer(request, ++from);
  }

  /** Helped answers up to one that changes what the others would be; null where nobody helps. */
  private helped(rest: Rest): AsyncGenerator<Answer<Told>> | null {
    const { loaded } = this;
    const mayReadOthers = !this.hasOthers && loaded.withOthers !== undefined;
    const helpers = isDamaged(loaded.snapshot) ? null : this.telling.helpers(rest, loaded, mayReadOthers);
    return helpers === null ? null : this.besideHelpers(rest, helpers);
  }

  private async *besideHelpers(
    { requests, from }: Rest,
    helpers: AsyncIterable<Told | null>,
  ): AsyncGenerator<Answer<Told>> {
    const { loaded } = this;
    let position = from;
    for await (const answer of helpers) {
      const request = requests[position++ - from];
      if (answer !== null) yield answer;
      else if (request !== undefined) yield await this.answer(request, position);
      if (this.loaded !== loaded || (answer === null && isDamaged(loaded.snapshot))) return;
    }
  }

  private async answer(request: TraceRequest, position: number): Promise<Answer<Told>> {
    const { toldOf, settings } = this.telling;
    const known = this.remembered.get(request, position);
    if (known !== undefined) return toldOf(known);
    const { withFindings } = await import('../findings/of-trace.js');
    const traced = await this.traced(request, position);
    const answer = isResult(traced) ? orUnanswered(() => withFindings(traced, this.loaded.snapshot, settings)) : traced;
    if (!isResult(answer)) return answer;
    this.remembered.add(request, answer);
    return toldOf(answer);
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
export function isResult<Told extends object>(answer: Answer<Told>): answer is Told {
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
