import type { DecodedDocument } from '../../decode/document.js';
import type { ExpectationItem } from '../../decode/test-file/parse.js';
import { withFindings } from '../../findings/of-trace.js';
import { isDamaged, snapshotOf } from '../../model/snapshot.js';
import { runExpectation } from '../run-expectation.js';
import type { HelpedRun } from '../run-tests.js';
import { proxyFinder, tracerOf } from '../tracer.js';
import { namedIn } from './named-in.js';
import { orNull } from './or-null.js';

export interface TestJobSettings {
  /** Names of the documents that have been read, in their order. */
  readonly documents: readonly string[];
  readonly changes: readonly string[];
  /** The proxy of requests that name none. */
  readonly proxyName: string | undefined;
  readonly file: string;
  readonly items: readonly ExpectationItem[];
}

/** Runs the expectations of a file, each by its position; null where only the first thread can tell, as {@link traceJob} has it. */
export function testJob(documents: readonly DecodedDocument[], settings: TestJobSettings) {
  const { changes, proxyName, file, items } = settings;
  const snapshot = snapshotOf(namedIn(documents, settings.documents));
  const known = { snapshot, changes };
  const proxyOf = proxyFinder(known, proxyName);
  const bed = {
    proxyOf,
    trace: tracerOf(known, proxyOf),
    findingsIn: (result: Parameters<typeof withFindings>[0]) => withFindings(result, snapshot),
  };
  return (index: number): HelpedRun | null => {
    const item = items[index];
    const ran = item === undefined ? null : orNull(() => runExpectation(file, item, index, bed));
    if (ran === null || ran.proxy === null || isDamaged(snapshot)) return null;
    return { outcome: ran.outcome, taken: ran.taken };
  };
}
