import { takenRoutes } from '../compare/route-coverage.js';
import { routerCheckMismatches, routerCheckRequest } from '../compare/router-check.js';
import { outcomeOf, type TestOutcome } from '../compare/test-report.js';
import type { ExpectationItem, TestFile } from '../decode/test-file/parse.js';
import type { RouterCheck } from '../decode/test-file/router-check.js';
import { BARE_ROUTES_IP, BARE_ROUTES_PORT } from '../model/bare-routes.js';
import type { ProxyConfig } from '../model/proxy.js';
import type { HeldTable } from '../model/route-tables.js';
import { finalHeaders } from '../trace/final-headers.js';
import { traceRequest, walkOnce } from '../trace/trace.js';
import { chosenTable, gatewayOf } from './bare-routes.js';
import { attempt, cannotRun, type ExpectationBed, type Ran, runExpectation, unknownText } from './run-expectation.js';

/** A test file as it was read. */
export interface ReadTestFile {
  readonly path: string;
  readonly content: TestFile;
}

/** What another thread tells of an expectation. */
export type HelpedRun = Omit<Ran, 'proxy'>;

/** How tests are traced. */
export interface TestBed extends ExpectationBed {
  /** The route table for tests of Envoy's route table check tool; the only one unless given. */
  readonly routeConfig: string | undefined;
  /** What other threads tell of the expectations of a file, in their order; null for each that they cannot tell of, or where nobody helps. */
  readonly helpers: (path: string, items: readonly ExpectationItem[]) => AsyncIterable<HelpedRun | null> | null;
  /** Whether an entry has turned out to be no JSON: with it answers change, so that nobody can help any more. */
  readonly isDamaged: () => boolean;
  /** Hears how many tests of a file have run. */
  readonly onRun: (path: string, done: number, total: number) => Promise<void>;
}

export interface TestRun {
  readonly outcomes: readonly TestOutcome[];
  /** The routes that the tests took. */
  readonly taken: ReadonlySet<string>;
  /** The proxies that the tests went through. */
  readonly proxies: readonly ProxyConfig[];
}

/** Runs the tests of all files in order. A test that cannot be run fails with the reason. Throws UsageError for the route table. */
export async function runTests(files: readonly ReadTestFile[], bed: TestBed): Promise<TestRun> {
  const outcomes: TestOutcome[] = [];
  const taken = new Set<string>();
  const proxies = new Map<string, ProxyConfig>();
  for (const file of files) {
    for await (const { outcome, proxy, ...run } of runsOf(file, bed)) {
      outcomes.push(outcome);
      for (const route of run.taken) taken.add(route);
      if (proxy !== null && !proxies.has(proxy.name)) proxies.set(proxy.name, proxy);
    }
  }
  return { outcomes, taken, proxies: [...proxies.values()] };
}

type Run = () => Ran | Promise<Ran>;

async function* runsOf({ path, content }: ReadTestFile, bed: TestBed): AsyncGenerator<Ran> {
  if (content.kind === 'expectations') {
    yield* expectations(path, content.items, bed);
    return;
  }
  const runs = routerChecks(path, content.items, bed);
  for (const [index, run] of runs.entries()) {
    await bed.onRun(path, index, runs.length);
    yield await run();
  }
}

async function* expectations(path: string, items: readonly ExpectationItem[], bed: TestBed): AsyncGenerator<Ran> {
  let index = 0;
  const helped = bed.isDamaged() ? null : bed.helpers(path, items);
  for await (const told of helped ?? []) {
    const item = items[index];
    if (item === undefined) return;
    await bed.onRun(path, index, items.length);
    yield told === null ? runExpectation(path, item, index, bed) : { ...told, proxy: bed.proxyOf(item.request) };
    index++;
    if (told === null && bed.isDamaged()) break;
  }
  for (const item of items.slice(index)) {
    await bed.onRun(path, index, items.length);
    yield runExpectation(path, item, index++, bed);
  }
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
  return { outcome, taken: takenRoutes(result), proxy: gateway };
}

/** One gateway for each runtime key that tests enable. */
async function gatewayFor(runtime: string, table: HeldTable, known: Map<string, ProxyConfig>): Promise<ProxyConfig> {
  const gateway = known.get(runtime) ?? (await gatewayOf(table, { key: runtime }));
  known.set(runtime, gateway);
  return gateway;
}
