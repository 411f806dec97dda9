import type { Evidence } from '../trace/result.js';
import { FINDING_CODES, isAtLeast, type Severity } from './codes.js';
import type { Finding } from './finding.js';

/** The answer of `mesh-trace check`; the contract of `-o json`. */
export interface CheckResult {
  readonly schemaVersion: 1;
  /** Proxies that were looked at. */
  readonly proxies: readonly string[];
  readonly findings: readonly CheckedFinding[];
}

/** A finding as the result holds it: plain data, in this order of fields. */
export type CheckedFinding = Pick<
  Finding,
  'code' | 'severity' | 'title' | 'proxy' | 'resource' | 'pointer' | 'why' | 'remedy'
> & { readonly evidence: readonly Evidence[] };

/** The result of a check, with the findings that are as grave as `show`, or graver. */
export function checkResult(findings: readonly Finding[], proxies: readonly string[], show: Severity): CheckResult {
  const shown = findings.filter(({ severity }) => isAtLeast(severity, show));
  return { schemaVersion: 1, proxies: [...proxies], findings: shown.map(checkedOf) };
}

/** The findings that are less grave than `show`. */
export function leftOutBy(show: Severity, findings: readonly Finding[]): CheckedFinding[] {
  return findings.filter(({ severity }) => !isAtLeast(severity, show)).map(checkedOf);
}

function checkedOf(finding: Finding): CheckedFinding {
  const { code, severity, title, proxy, resource, pointer, why, remedy, evidence } = finding;
  return { code, severity, title, proxy, resource, pointer, why, remedy, evidence };
}

/** Every code that is among the findings, in the catalogue’s order. */
export function codesAmong(findings: readonly CheckedFinding[]) {
  return FINDING_CODES.filter(code => findings.some(finding => finding.code === code));
}
