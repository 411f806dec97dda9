import type { DecodedDocument } from '../../decode/document.js';
import { withFindings } from '../../findings/of-trace.js';
import { isDamaged, snapshotOf } from '../../model/snapshot.js';
import type { TraceRequest } from '../../trace/request.js';
import type { TraceResult } from '../../trace/result.js';
import { type ExitCode, exitCodeOf } from '../exit-codes.js';
import { addressesIn, isUnknownThere } from '../missing-peers.js';
import { Remembered } from '../remembered.js';
import { TextBuffer } from '../text-buffer.js';
import { type TraceShape, textIn } from '../trace-text.js';
import { proxyFinder, type TracerOptions, tracerOf } from '../tracer.js';
import { namedIn } from './named-in.js';
import { orNull } from './or-null.js';

/** What a thread tells of a result. */
export interface ToldTrace {
  readonly code: ExitCode;
  readonly text: Uint8Array;
}

export interface TraceJobSettings extends TracerOptions {
  /** Names of the documents that have been read, in their order; others may have been shared. */
  readonly documents: readonly string[];
  readonly changes: readonly string[];
  readonly requests: readonly TraceRequest[];
  /** The position of the first of them among all, from 0 on. */
  readonly first: number;
  /** The proxy of requests that name none. */
  readonly proxyName: string | undefined;
  /** Addresses of proxies that are to be read when a request reaches them. */
  readonly unread: ReadonlySet<string>;
  /** Whether more is to be read when a request goes to what its proxy does not know. */
  readonly mayReadOthers: boolean;
  readonly shape: TraceShape;
}

/**
 * Answers requests by what has been read, each by its position among them; null where the answer depends on what only the first thread
 * may find out, or there is none: it is the first thread that asks for more, and that says what is wrong.
 */
export async function traceJob(documents: readonly DecodedDocument[], settings: TraceJobSettings) {
  const { changes, requests, first, proxyName, shape } = settings;
  const snapshot = snapshotOf(namedIn(documents, settings.documents));
  const known = { snapshot, changes };
  const trace = tracerOf(known, proxyFinder(known, proxyName, settings.from), settings);
  const remembered = new Remembered();
  const texts = new TextBuffer();
  const textOf = await textIn(shape);

  const answer = (request: TraceRequest, position: number): TraceResult | null => {
    const same = remembered.get(request, position);
    if (same !== undefined) return same;
    const traced = trace(request, position);
    if (isMoreWanted(traced, settings)) return null;
    const result = withFindings(traced, snapshot, settings);
    if (isDamaged(snapshot)) return null;
    remembered.add(request, result);
    return result;
  };

  return (item: number): ToldTrace | null => {
    const request = requests[item];
    const result = request === undefined ? null : orNull(() => answer(request, first + item + 1));
    return result === null ? null : { code: exitCodeOf(result), text: texts.add(textOf(result)) };
  };
}

function isMoreWanted(result: TraceResult, { unread, mayReadOthers }: TraceJobSettings): boolean {
  if (mayReadOthers && isUnknownThere(result)) return true;
  return unread.size > 0 && [...addressesIn([result])].some(address => unread.has(address));
}
