import type { CoveredTable, CoveredVirtualHost, RouteCoverage } from '../../compare/route-coverage.js';
import type { TestOutcome, TestReport } from '../../compare/test-report.js';
import type { Paint } from '../paint.js';
import { printable } from '../printable.js';
import { hang } from '../wrap.js';
import { mismatchText } from './mismatch-text.js';

export interface TestView {
  /** Columns of the terminal. */
  readonly width: number;
  readonly paint: Paint;
}

/** A test report for people: each test with what differs, the count, and the routes that no test takes. */
export function testTable(report: TestReport, view: TestView): string {
  const { tests, passed, failed, coverage } = report;
  const files = [...new Set(tests.map(({ file }) => file))];
  const lines = [
    ...files.flatMap(file => [
      view.paint('bold', file),
      ...tests.filter(test => test.file === file).flatMap(test => testLines(test, view)),
      '',
    ]),
    view.paint(failed === 0 ? 'good' : 'bold', `${passed} passed, ${failed} failed`),
    ...(coverage === undefined ? [] : ['', ...coverageLines(coverage, view)]),
  ];
  return `${lines.join('\n')}\n`;
}

function testLines({ name, isPassed, mismatches, error, sentence }: TestOutcome, { width, paint }: TestView): string[] {
  if (isPassed) return [`  ${paint('good', '✓')} ${printable(name)}`];
  const differences = error === null ? mismatches.map(mismatchText) : [printable(error)];
  return [
    `  ${paint('bad', '✗')} ${printable(name)}`,
    ...differences.flatMap(text => hang('      ', text, width)),
    ...(sentence === null
      ? []
      : hang('      ', `The trace: ${printable(sentence)}`, width).map(line => paint('dim', line))),
  ];
}

function coverageLines({ taken, routes, percent, tables }: RouteCoverage, view: TestView): string[] {
  const heading = view.paint('bold', `${taken} of ${routes} routes are taken (${percent}%)`);
  const missing = tables.flatMap(table => missingLines(table, tables, view));
  return missing.length === 0 ? [heading] : [heading, 'No test takes:', ...missing];
}

/** A table or virtual host of which nothing is taken has one line; else each route has. */
function missingLines(table: CoveredTable, tables: readonly CoveredTable[], view: TestView): string[] {
  const routes = table.virtualHosts.flatMap(host => host.routes);
  const missing = routes.filter(({ isTaken }) => !isTaken);
  if (missing.length === 0) return [];
  const isOneProxy = tables.every(({ proxy }) => proxy === table.proxy);
  const where = `${isOneProxy ? '' : `${table.proxy} `}route table ${table.name ?? `at ${table.pointer}`}`;
  if (missing.length === routes.length) return hang('  ', printable(`${where}: ${all(routes.length)}`), view.width);
  return [`  ${printable(where)}`, ...table.virtualHosts.flatMap(host => hostLines(host, view))];
}

function hostLines({ name, pointer, routes }: CoveredVirtualHost, { width }: TestView): string[] {
  const missing = routes.filter(({ isTaken }) => !isTaken);
  if (missing.length === 0) return [];
  const host = `virtual host ${name ?? `at ${pointer}`}`;
  if (missing.length === routes.length) return hang('    ', printable(`${host}: ${all(routes.length)}`), width);
  return [
    `    ${printable(host)}`,
    ...missing.flatMap(route =>
      hang(
        '      ',
        printable(`route ${route.name ?? route.pointer.slice(route.pointer.lastIndexOf('/') + 1)} (${route.match})`),
        width,
      ),
    ),
  ];
}

function all(routes: number): string {
  return routes === 1 ? 'its only route' : `any of its ${routes} routes`;
}
