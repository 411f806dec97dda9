import type { TraceRequest } from '../trace/request.js';
import type { TraceResult } from '../trace/result.js';

/** As many as a file of requests may ask in turns, and few enough to hold. */
const MOST = 1000;

/** Answers by what was asked: equal requests have equal answers, but for their ids. */
export class Remembered {
  private readonly known = new Map<string, TraceResult>();

  /** The answer to an equal request, under this one's id; undefined where none was asked. */
  get(request: TraceRequest, position: number): TraceResult | undefined {
    const known = this.known.get(keyOf(request));
    return known === undefined ? undefined : renamed(known, request.id ?? String(position));
  }

  add(request: TraceRequest, result: TraceResult): void {
    if (this.known.size < MOST) this.known.set(keyOf(request), result);
  }

  /** After more has been read an answer may be another one. */
  clear(): void {
    this.known.clear();
  }
}

function keyOf(request: TraceRequest): string {
  return JSON.stringify({ ...request, id: undefined });
}

function renamed(result: TraceResult, id: string): TraceResult {
  const own = { ...result, id, request: { ...result.request, id } };
  return result.peer === undefined ? own : { ...own, peer: renamed(result.peer, id) };
}
