import type { TestOutcome, TestReport } from '../../compare/test-report.js';
import { escapeMarkup } from '../escape-markup.js';
import { printable } from '../printable.js';
import { mismatchText } from './mismatch-text.js';

/** A test report as JUnit XML, one suite a file; without times, so that equal runs give equal files. */
export function testJunit({ tests, failed }: TestReport): string {
  const files = [...new Set(tests.map(({ file }) => file))];
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="mesh-trace" tests="${tests.length}" failures="${failed}">`,
    ...files.flatMap(file =>
      suite(
        file,
        tests.filter(test => test.file === file),
      ),
    ),
    '</testsuites>',
  ];
  return `${lines.join('\n')}\n`;
}

function suite(file: string, tests: readonly TestOutcome[]): string[] {
  const failures = tests.filter(({ isPassed }) => !isPassed).length;
  return [
    `  <testsuite name="${attribute(file)}" tests="${tests.length}" failures="${failures}">`,
    ...tests.flatMap(testcase),
    '  </testsuite>',
  ];
}

function testcase(test: TestOutcome): string[] {
  const open = `    <testcase classname="${attribute(test.file)}" name="${attribute(test.name)}"`;
  if (test.isPassed) return [`${open}/>`];
  const texts = test.error === null ? test.mismatches.map(mismatchText) : [test.error];
  const body = [...texts, ...(test.sentence === null ? [] : [test.sentence])];
  return [
    `${open}>`,
    `      <failure message="${attribute(texts[0] ?? '')}">${escapeMarkup(body.map(printable).join('\n'))}</failure>`,
    '    </testcase>',
  ];
}

function attribute(text: string): string {
  return escapeMarkup(printable(text)).replace(/\s+/g, ' ');
}
