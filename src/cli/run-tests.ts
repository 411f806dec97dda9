import { mismatches } from '../compare/expectation.js';
import { routerCheckMismatches, routerCheckRequest } from '../compare/router-check.js';
import { notRun, outcomeOf, type TestOutcome } from '../compare/test-report.js';
import type { ExpectationItem, TestFile } from '../decode/test-file/parse.js';
import type { RouterCheck } from '../decode/test-file/router-check.js';
import { BARE_ROUTES_IP, BARE_ROUTES_PORT } from '../model/bare-routes.js';
import type { ProxyConfig } from '../model/proxy.js';
import type { HeldTable } from '../model/route-tables.js';
import { finalHeaders } from '../trace/final-headers.js';
import type { TraceRequest } from '../trace/request.js';
import type { TraceResult } from '../trace/result.js';
import { traceRequest, walkOnce } from '../trace/trace.js';
import { chosenTable, gatewayOf } from './bare-routes.js';
import { isUnanswered } from './trace-with-peers.js';
import type { ProxyOf } from './tracer.js';
import { unknownIn } from './unknown-fields.js';

/** A test file as it was read. */
export interface ReadTestFile {
  readonly path: string;
  readonly content: TestFile;
}

/** How tests are traced. */
export interface TestBed {
  readonly proxyOf: ProxyOf;
  readonly trace: (request: TraceRequest, position: number) => TraceResult;
  /** A result with its findings, for expectations that name some. */
  readonly findingsIn: (result: TraceResult) => TraceResult;
  /** The route table for tests of Envoy's route table check tool; the only one unless given. */
  readonly routeConfig: string | undefined;
  /** Hears how many tests of a file have run. */
  readonly onRun: (path: string, done: number, total: number) => void;
}

export interface TestRun {
  readonly outcomes: readonly TestOutcome[];
  readonly results: readonly TraceResult[];
  /** The proxies that the tests went through. */
  readonly proxies: readonly ProxyConfig[];
}

/** Runs the tests of all files in order. A test that cannot be run fails with the reason. Throws UsageError for the route table. */
export async function runTests(files: readonly ReadTestFile[], bed: TestBed): Promise<TestRun> {
  const outcomes: TestOutcome[] = [];
  const results: TraceResult[] = [];
  const proxies = new Map<string, ProxyConfig>();
  for (const { path, content } of files) {
    const runs =
      content.kind === 'expectations' ? expectations(path, content.items, bed) : routerChecks(path, content.items, bed);
    for (const [index, run] of runs.entries()) {
      bed.onRun(path, index, runs.length);
      const { outcome, result, proxy } = await run();
      outcomes.push(outcome);
      if (result !== null) results.push(result);
      if (proxy !== null && !proxies.has(proxy.name)) proxies.set(proxy.name, proxy);
    }
  }
  return { outcomes, results, proxies: [...proxies.values()] };
}

interface Ran {
  readonly outcome: TestOutcome;
  readonly result: TraceResult | null;
  readonly proxy: ProxyConfig | null;
}

type Run = () => Ran | Promise<Ran>;

function expectations(file: string, items: readonly ExpectationItem[], { trace, proxyOf, findingsIn }: TestBed): Run[] {
  return items.map(({ name, request, expect }, index) => () => {
    const title = name ?? titleOf(request, index + 1);
    const unknown = unknownIn(request);
    if (unknown.length > 0) return cannotRun(file, title, unknownText(unknown));
    return attempt(file, title, () => {
      const traced = trace(request, index + 1);
      const result = expect.findings === undefined ? traced : findingsIn(traced);
      const outcome = outcomeOf(file, title, result, mismatches(expect, result));
      return { outcome, result, proxy: proxyOf(request) };
    });
  });
}

function routerChecks(file: string, checks: readonly RouterCheck[], { proxyOf, routeConfig }: TestBed): Run[] {
  const table = chosenTable(proxyOf({}), routeConfig);
  const gateways = new Map<string, ProxyConfig>();
  return checks.map(check => async () => {
    if (check.unknown.length > 0) return cannotRun(file, check.name, unknownText(check.unknown));
    const gateway = await gatewayFor(check.input.runtime, table, gateways);
    return attempt(file, check.name, () => runRouterCheck(file, check, gateway));
  });
}

function runRouterCheck(file: string, check: RouterCheck, gateway: ProxyConfig): Ran {
  const request = routerCheckRequest(check, BARE_ROUTES_IP, BARE_ROUTES_PORT);
  const result = traceRequest(gateway, request);
  const answered = new Map(check.input.responseHeaders.map(({ name, value }) => [name.toLowerCase(), value]));
  const headers = finalHeaders(walkOnce(gateway, request), answered);
  const outcome = outcomeOf(file, check.name, result, routerCheckMismatches(check, result, headers));
  return { outcome, result, proxy: gateway };
}

/** One gateway for each runtime key that tests enable. */
async function gatewayFor(runtime: string, table: HeldTable, known: Map<string, ProxyConfig>): Promise<ProxyConfig> {
  const gateway = known.get(runtime) ?? (await gatewayOf(table, { key: runtime }));
  known.set(runtime, gateway);
  return gateway;
}

function attempt(file: string, name: string, run: () => Ran): Ran {
  try {
    return run();
  } catch (error) {
    if (isUnanswered(error)) return cannotRun(file, name, error.message);
    throw error;
  }
}

function cannotRun(file: string, name: string, error: string): Ran {
  return { outcome: notRun(file, name, error), result: null, proxy: null };
}

function unknownText(fields: readonly string[]): string {
  return `nothing here knows the test’s ${fields.join(', ')}`;
}

function titleOf(request: TraceRequest, position: number): string {
  if (request.id !== undefined) return request.id;
  const { method, to = `${request.ip}:${request.port}`, path = '' } = request;
  return `${position} ${method === undefined ? '' : `${method} `}${to}${path}`;
}
