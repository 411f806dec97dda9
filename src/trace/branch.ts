import { isGrpcAnswer } from './grpc.js';
import { isGrpc } from './headers.js';
import type { Step, TraceResult, Verdict } from './result.js';
import { describeForwarding, sentenceOf } from './sentence.js';
import type { End, Tracing } from './tracing.js';

/** The other half of a trace. */
export interface Leg {
  readonly result: TraceResult;
  /** The end that the two ends' certificates bring about, before the server looks at the request. */
  readonly refused: End | null;
  readonly step: Step;
}

/** One way that the request may go. */
export interface Branch {
  readonly trace: Tracing;
  /** Part of such requests that goes this way, 0 to 1. */
  readonly share: number;
  /** The other half, where the receiving proxy is at hand. */
  readonly peer?: Leg;
  /** Endpoints of this branch, where peers divide the cluster's endpoints. */
  readonly endpoints?: readonly string[];
  /** Other proxies are at hand, and the one behind these endpoints is not. */
  readonly isUnseen?: boolean;
}

/**
 * The branches that a request may have taken which went to a cluster, their shares in sum 1: those to it, and those that ended before one was
 * chosen. All where none leads to it.
 */
export function branchesTo(cluster: string | undefined, branches: readonly Branch[]): readonly Branch[] {
  if (cluster === undefined || !branches.some(({ trace }) => trace.cluster === cluster)) return branches;
  const possible = branches.filter(({ trace }) => trace.cluster === cluster || trace.cluster === null);
  const sum = possible.reduce((all, { share }) => all + share, 0);
  return possible.map(branch => ({ ...branch, share: branch.share / sum }));
}

/** How a branch ends as a whole: the side that ends the request decides, and the client sees it through its own Envoy. */
export function verdictOfBranch(branch: Branch): Verdict {
  const { trace, peer } = branch;
  const own = ownVerdict(trace);
  if (peer === undefined) return own;
  if (peer.refused !== null) return seenByClient(trace, peer.refused);
  const { outcome, responseCode, responseFlag, responseCodeDetails, reason } = peer.result;
  if (outcome === 'forwarded' || outcome === 'passthrough') return own;
  if (outcome === 'closed') return seenByClient(trace, peer.result);
  return { outcome, responseCode, responseFlag, responseCodeDetails, reason };
}

/** How the client's own half ends. A gRPC request gets every answer of Envoy's own, redirects too, as HTTP 200 with a grpc-status. */
export function ownVerdict(trace: Tracing): Verdict {
  const { end } = trace;
  if (end === null) throw new Error('the branch has not ended');
  return {
    outcome: end.outcome,
    responseCode: isGrpcAnswer(trace) ? 200 : end.responseCode,
    responseFlag: end.responseFlag,
    responseCodeDetails: end.responseCodeDetails,
    reason: end.reason,
  };
}

/** A closed connection behind an HTTP client's Envoy is its 503 (in the form of gRPC): UF where the handshake fails, UC where an open connection ends. */
function seenByClient(trace: Tracing, end: Pick<Verdict, 'reason'>): Verdict {
  const isHandshake = end.reason === 'tls_error' || end.reason === 'mtls_error';
  const cause = isHandshake ? 'remote_connection_failure' : 'connection_termination';
  const flag = isHandshake ? 'UF' : 'UC';
  if (trace.http === null)
    return {
      outcome: 'closed',
      responseCode: null,
      responseFlag: isHandshake ? 'UF' : null,
      responseCodeDetails: null,
      reason: end.reason,
    };
  const details = `upstream_reset_before_response_started{${cause}}`;
  const responseCode = isGrpc(trace) ? 200 : 503;
  return { outcome: 'closed', responseCode, responseFlag: flag, responseCodeDetails: details, reason: end.reason };
}

/** The steps of a branch, the other side's verdict last. */
export function stepsOfBranch({ trace, peer }: Branch): Step[] {
  return peer === undefined ? trace.steps : [...trace.steps, peer.step];
}

/** A branch in one sentence, both halves. */
export function sentenceOfBranch(branch: Branch): string {
  const { trace, peer } = branch;
  if (peer === undefined) return `${sentenceOf(trace)}${unseenNote([branch])}`;
  const there =
    peer.refused === null
      ? `There, at ${peer.result.proxy ?? 'the other side'}: ${peer.result.sentence}`
      : sentenceStart(peer.refused.because);
  return `${describeForwarding(trace)}. ${there}`;
}

/** Said where some of the other sides could be followed and these could not. */
export function unseenNote(branches: readonly Branch[]): string {
  return branches.some(({ isUnseen }) => isUnseen) ? ' The receiving side is not in the snapshot.' : '';
}

function sentenceStart(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
