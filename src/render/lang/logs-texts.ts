import type { Agreement } from '../../findings/access-log/agreement.js';
import type { LogReport } from '../../findings/access-log/survey.js';

/** The words of `mesh-trace logs`. */
export interface LogTexts {
  /** What was read, in one line. */
  readonly summary: (report: LogReport) => string;
  readonly noFailures: string;
  readonly unplaced: (count: number) => string;
  readonly untraced: (count: number) => string;
  readonly lines: (count: number, requests: number) => string;
  /** The mark beside it and what it means for the reader. */
  readonly agreements: Record<Agreement, string>;
  readonly share: (percent: string) => string;
  readonly otherCluster: (cluster: string) => string;
  /** When the configuration is newer than the last line, or not. */
  readonly configuredAfter: (time: string) => string;
  readonly configuredBefore: (time: string) => string;
  readonly traced: string;
  readonly finding: string;
  readonly means: string;
  readonly next: string;
  readonly traceIt: string;
}
