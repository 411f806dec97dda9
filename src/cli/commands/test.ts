import { type RouteCoverage, routeCoverage } from '../../compare/route-coverage.js';
import { type TestReport, testReport } from '../../compare/test-report.js';
import { parseTestFile, TestFileError } from '../../decode/test-file/parse.js';
import { withFindings } from '../../findings/of-trace.js';
import { coloured, plain } from '../../render/paint.js';
import { toJson } from '../../render/serialise.js';
import { testJunit } from '../../render/test-junit.js';
import { testTable } from '../../render/test-table.js';
import { testTap } from '../../render/test-tap.js';
import type { TraceResult } from '../../trace/result.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { UsageError } from '../fail.js';
import { hasColour, type Io } from '../io.js';
import { loadSnapshot } from '../load.js';
import type { GlobalOptions, SourceOptions } from '../options.js';
import { progressOn } from '../progress.js';
import { type ReadTestFile, runTests } from '../run-tests.js';
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
  const loaded = await loadSnapshot(options, wanted, io);
  tellWarnings(loaded.warnings, options, io);
  const proxyOf = proxyFinder(loaded, options.proxy);
  const progress = progressOn(io, options);
  const bed = {
    proxyOf,
    trace: tracerOf(loaded, proxyOf),
    findingsIn: (result: TraceResult) => withFindings(result, loaded.snapshot),
    routeConfig: options.routeConfig,
    onRun: (path: string, done: number, total: number) => progress.show(`running ${path}`, { done, total }),
  };
  const { outcomes, results, proxies } = await runTests(files, bed).finally(progress.end);
  const isCounted = options.coverage === true || options.failUnder !== undefined;
  const coverage = isCounted ? routeCoverage(proxies, results) : null;
  const report = testReport(outcomes, coverage);
  print(report, options, io);
  return report.failed > 0 || isUnder(coverage, options, io) ? EXIT.failed : EXIT.ok;
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
