import type { CheckedFinding, CheckResult } from '../../findings/check-result.js';
import { isAtLeast, type Severity } from '../../findings/codes.js';
import { describeObject } from '../../findings/finding.js';
import { printable, printableLines } from '../printable.js';

/**
 * Findings as JUnit XML: a suite for each proxy, a failing case for each finding at or above the limit. The others are skipped cases, and a
 * proxy without findings has one that passes.
 */
export function checkJunit({ findings, proxies }: CheckResult, failOn: Severity | 'never'): string {
  const fails = ({ severity }: CheckedFinding) => failOn !== 'never' && isAtLeast(severity, failOn);
  const together = findings.some(({ proxy }) => proxy === null) ? [null] : [];
  const suites = [...proxies, ...together].map(proxy => {
    const own = findings.filter(finding => finding.proxy === proxy);
    return suite(proxy ?? 'all proxies', own, fails);
  });
  const failures = findings.filter(fails).length;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="mesh-trace check" tests="${Math.max(findings.length, proxies.length)}" failures="${failures}">`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n');
}

function suite(name: string, findings: readonly CheckedFinding[], fails: (finding: CheckedFinding) => boolean): string {
  const failures = findings.filter(fails).length;
  const cases =
    findings.length === 0
      ? [`    <testcase classname="${attribute(name)}" name="no findings"/>`]
      : findings.map(finding => testCase(name, finding, fails(finding)));
  const counts = `tests="${cases.length}" failures="${failures}" skipped="${findings.length - failures}"`;
  return [`  <testsuite name="${attribute(name)}" ${counts}>`, ...cases, '  </testsuite>'].join('\n');
}

function testCase(suiteName: string, finding: CheckedFinding, isFailure: boolean): string {
  const { code, severity, title, resource, why, remedy, evidence } = finding;
  const label = `${code}${resource === null ? '' : ` ${describeObject(resource)}`}`;
  const [place] = evidence;
  const where = place === undefined ? '' : `\n${place.document} ${place.pointer}`;
  const body = isFailure
    ? `<failure type="${severity}" message="${attribute(title)}">${text(`${why}\n${remedy}${where}`)}</failure>`
    : `<skipped message="${attribute(`${severity}: ${why}`)}"/>`;
  return `    <testcase classname="${attribute(suiteName)}" name="${attribute(label)}">${body}</testcase>`;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\n': '&#10;' };

function text(value: string): string {
  return printableLines(value).replace(/[&<>]/g, mark => ENTITIES[mark] ?? mark);
}

function attribute(value: string): string {
  return printable(value).replace(/[&<>"\n]/g, mark => ENTITIES[mark] ?? mark);
}
