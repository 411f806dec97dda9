import type { TestOutcome, TestReport } from '../../compare/test-report.js';
import { printable } from '../printable.js';
import { mismatchText } from './mismatch-text.js';

/** A test report as TAP version 14 (https://testanything.org/tap-version-14-specification.html). */
export function testTap({ tests, coverage }: TestReport): string {
  const lines = ['TAP version 14', `1..${tests.length}`, ...tests.flatMap(testLines)];
  if (coverage !== undefined)
    lines.push(`# ${coverage.taken} of ${coverage.routes} routes are taken (${coverage.percent}%)`);
  return `${lines.join('\n')}\n`;
}

function testLines(test: TestOutcome, index: number): string[] {
  const title = `${index + 1} - ${onOneLine(`${test.file}: ${test.name}`)}`;
  if (test.isPassed) return [`ok ${title}`];
  const differences = test.mismatches.map(item => `    - ${JSON.stringify(mismatchText(item))}`);
  return [
    `not ok ${title}`,
    '  ---',
    ...(test.error === null ? [] : [`  message: ${JSON.stringify(printable(test.error))}`]),
    ...(differences.length === 0 ? [] : ['  differences:', ...differences]),
    ...(test.sentence === null ? [] : [`  trace: ${JSON.stringify(printable(test.sentence))}`]),
    '  ...',
  ];
}

/** `#` begins a directive, and a test point is one line. */
function onOneLine(text: string): string {
  return printable(text).replace(/\s+/g, ' ').replaceAll('\\', '\\\\').replaceAll('#', '\\#');
}
