import { type RouteCoverage, routeCoverage } from '../../compare/route-coverage.js';
import { type TestReport, testReport } from '../../compare/test-report.js';
import { parseTestFile, type TestFile, TestFileError } from '../../decode/test-file/parse.js';
import { withFindings } from '../../findings/of-trace.js';
import { isDamaged } from '../../model/snapshot.js';
import { coloured, plain } from '../../render/paint.js';
import { toJson } from '../../render/serialise.js';
import { testJunit } from '../../render/test/junit.js';
import { testTable } from '../../render/test/table.js';
import { testTap } from '../../render/test/tap.js';
import { breathing } from '../breath.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { UsageError } from '../fail.js';
import { hasColour, type Io } from '../io.js';
import { destinationsOf, threadsFor } from '../jobs/destinations.js';
import type { DividedTests } from '../jobs/divided-tests.js';
import { loadSnapshot } from '../load.js';
import type { GlobalOptions, SourceOptions } from '../options.js';
import { progressOn } from '../progress.js';
import { type ReadTestFile, runTests, type TestBed, type TestRun } from '../run-tests.js';
import { tell, tellWarnings } from '../tell.js';
import { proxyFinder, tracerOf } from '../tracer.js';
import type { WhatIfOptions } from '../what-if.js';

export interface TestOptions extends SourceOptions, GlobalOptions, WhatIfOptions {
  proxy?: string;
  routeConfig?: string;
  coverage?: boolean;
  failUnder?: number;
  output: 'table' | 'tap' | 'junit' | 'json';
}

/** `mesh-trace test FILE…`: runs expectations, and tests of Envoy's route table check tool. */
export async function testCommand(paths: readonly string[], options: TestOptions, io: Io): Promise<ExitCode> {
  const files = await Promise.all(paths.map(path => readTestFile(path, io)));
  const wanted = proxiesOf(files, options.proxy);
  if (options.dryRun === true) return (await import('../dry-run.js')).printCommands(wanted, options, io);
  const divided = await dividedTests(files, options, io);
  const { outcomes, taken, proxies } = await run(files, wanted, divided, options, io).finally(() => divided?.end());
  const isCounted = options.coverage === true || options.failUnder !== undefined;
  const coverage = isCounted ? routeCoverage(proxies, taken) : null;
  const report = testReport(outcomes, coverage);
  print(report, options, io);
  return report.failed > 0 || isUnder(coverage, options, io) ? EXIT.failed : EXIT.ok;
}

/** Threads for expectations that are worth it. */
async function dividedTests(
  files: readonly ReadTestFile[],
  options: TestOptions,
  io: Io,
): Promise<DividedTests | null> {
  const most = Math.max(...files.map(({ content }) => threadsForItems(content, options)));
  if (most <= 1) return null;
  const { DividedTests } = await import('../jobs/divided-tests.js');
  return new DividedTests(most, options.proxy, options, io);
}

function threadsForItems(content: TestFile, { jobs }: TestOptions): number {
  if (content.kind !== 'expectations') return 1;
  return threadsFor(destinationsOf(content.items.map(({ request }) => request)), jobs);
}

async function run(
  files: readonly ReadTestFile[],
  wanted: readonly string[],
  divided: DividedTests | null,
  options: TestOptions,
  io: Io,
): Promise<TestRun> {
  const loaded = await loadSnapshot(options, wanted, io, divided?.decode);
  tellWarnings(loaded.warnings, options, io);
  const proxyOf = proxyFinder(loaded, options.proxy);
  const progress = progressOn(io, options);
  const breath = breathing(io);
  const bed: TestBed = {
    proxyOf,
    trace: tracerOf(loaded, proxyOf),
    findingsIn: result => withFindings(result, loaded.snapshot),
    routeConfig: options.routeConfig,
    helpers: (path, items) => divided?.helped(path, items, loaded) ?? null,
    isDamaged: () => isDamaged(loaded.snapshot),
    onRun: (path, done, total) => {
      progress.show(`running ${path}`, { done, total });
      return breath();
    },
  };
  return runTests(files, bed).finally(progress.end);
}

async function readTestFile(path: string, io: Io): Promise<ReadTestFile> {
  const { readText } = await import('../../source/text.js');
  try {
    return { path, content: await parseTestFile(await readText(path, io.stdin)) };
  } catch (error) {
    if (error instanceof TestFileError) throw new UsageError(`${path}: ${error.message}`, error.hint);
    throw error;
  }
}

function proxiesOf(files: readonly ReadTestFile[], proxy: string | undefined): string[] {
  const own = files.flatMap(({ content }) =>
    content.kind === 'expectations' ? content.items.map(({ request }) => request.proxy ?? proxy) : [proxy],
  );
  return [...new Set(own.filter(name => typeof name === 'string'))];
}

/** Coverage that is too low is told on stderr too, where every output format leaves room. */
function isUnder(coverage: RouteCoverage | null, { failUnder }: TestOptions, io: Io): boolean {
  if (coverage === null || failUnder === undefined || coverage.percent >= failUnder) return false;
  const { taken, routes, percent } = coverage;
  tell([`the tests take ${taken} of ${routes} routes (${percent}%), less than ${failUnder}%`], io);
  return true;
}

function print(report: TestReport, options: TestOptions, io: Io): void {
  switch (options.output) {
    case 'json':
      io.stdout.write(toJson(report));
      return;
    case 'tap':
      io.stdout.write(testTap(report));
      return;
    case 'junit':
      io.stdout.write(testJunit(report));
      return;
    default: {
      const paint = hasColour(io.stdout, io.env) ? coloured : plain;
      io.stdout.write(testTable(report, { width: io.stdout.columns, paint }));
    }
  }
}
