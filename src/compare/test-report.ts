import type { TraceResult } from '../trace/result.js';
import type { Mismatch } from './expectation.js';
import type { RouteCoverage } from './route-coverage.js';

/** How one test ended. */
export interface TestOutcome {
  /** The file as the user named it. */
  readonly file: string;
  readonly name: string;
  readonly isPassed: boolean;
  readonly mismatches: readonly Mismatch[];
  /** Why the test could not be run; null where it was. */
  readonly error: string | null;
  /** The trace's verdict in one sentence; null where there is none. */
  readonly sentence: string | null;
}

/** The answer of `mesh-trace test`; the contract of its `-o json`. */
export interface TestReport {
  readonly schemaVersion: 1;
  readonly passed: number;
  readonly failed: number;
  readonly tests: readonly TestOutcome[];
  /** Only with --coverage or --fail-under. */
  readonly coverage?: RouteCoverage;
}

/** The outcome of a test whose request was traced. */
export function outcomeOf(
  file: string,
  name: string,
  result: TraceResult,
  mismatches: readonly Mismatch[],
): TestOutcome {
  return { file, name, isPassed: mismatches.length === 0, mismatches, error: null, sentence: result.sentence };
}

/** The outcome of a test that could not be run. */
export function notRun(file: string, name: string, error: string): TestOutcome {
  return { file, name, isPassed: false, mismatches: [], error, sentence: null };
}

/** Puts outcomes together, in the order of the files. */
export function testReport(tests: readonly TestOutcome[], coverage: RouteCoverage | null): TestReport {
  const passed = tests.filter(({ isPassed }) => isPassed).length;
  const report = { schemaVersion: 1, passed, failed: tests.length - passed, tests } as const;
  return coverage === null ? report : { ...report, coverage };
}
