import { mismatches } from '../compare/expectation.js';
import { takenRoutes } from '../compare/route-coverage.js';
import { notRun, outcomeOf, type TestOutcome } from '../compare/test-report.js';
import type { ExpectationItem } from '../decode/test-file/parse.js';
import type { ProxyConfig } from '../model/proxy.js';
import type { TraceRequest } from '../trace/request.js';
import type { TraceResult } from '../trace/result.js';
import { isUnanswered } from './trace-with-peers.js';
import type { ProxyOf } from './tracer.js';
import { unknownIn } from './unknown-fields.js';

/** How expectations are traced. */
export interface ExpectationBed {
  readonly proxyOf: ProxyOf;
  readonly trace: (request: TraceRequest, position: number) => TraceResult;
  /** A result with its findings, for expectations that name some. */
  readonly findingsIn: (result: TraceResult) => TraceResult;
}

/** What came of a test. */
export interface Ran {
  readonly outcome: TestOutcome;
  /** The routes that it takes. */
  readonly taken: readonly string[];
  /** The proxy that it goes through; null where it cannot be run. */
  readonly proxy: ProxyConfig | null;
}

/** Runs the expectation that stands at a position of a file, from 0 on. One that cannot be run fails with the reason. */
export function runExpectation(file: string, item: ExpectationItem, index: number, bed: ExpectationBed): Ran {
  const { name, request, expect } = item;
  const title = name ?? titleOf(request, index + 1);
  const unknown = unknownIn(request);
  if (unknown.length > 0) return cannotRun(file, title, unknownText(unknown));
  return attempt(file, title, () => {
    const traced = bed.trace(request, index + 1);
    const result = expect.findings === undefined ? traced : bed.findingsIn(traced);
    const outcome = outcomeOf(file, title, result, mismatches(expect, result));
    return { outcome, taken: takenRoutes(result), proxy: bed.proxyOf(request) };
  });
}

/** Runs a test; where it is this test’s own that it cannot be run, it fails with the reason. */
export function attempt(file: string, name: string, run: () => Ran): Ran {
  try {
    return run();
  } catch (error) {
    if (isUnanswered(error)) return cannotRun(file, name, error.message);
    throw error;
  }
}

/** A test that cannot be run. */
export function cannotRun(file: string, name: string, error: string): Ran {
  return { outcome: notRun(file, name, error), taken: [], proxy: null };
}

/** Why a test with such fields cannot be run. */
export function unknownText(fields: readonly string[]): string {
  return `nothing here knows the test’s ${fields.join(', ')}`;
}

function titleOf(request: TraceRequest, position: number): string {
  if (request.id !== undefined) return request.id;
  const { method, to = `${request.ip}:${request.port}`, path = '' } = request;
  return `${position} ${method === undefined ? '' : `${method} `}${to}${path}`;
}
