import type { TraceResult } from '../trace/result.js';

/** What the exit code of every command says, in every output format. */
export const EXIT = {
  /** Forwarded, passed through, or an answer below 400; nothing found, nothing differs. */
  ok: 0,
  /** Any other end, a finding at or above --fail-on, a failed expectation, a difference. */
  failed: 1,
  usage: 2,
  /** No source could be read, istioctl failed, or the answer could not be written. */
  unreadable: 3,
  undetermined: 4,
  /** Ctrl-C, as shells have it. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** From bad to good: a request that cannot be read, or whose dump cannot, was not answered; what could not be decided counts less than what fails. */
const WORST_FIRST: readonly ExitCode[] = [EXIT.unreadable, EXIT.usage, EXIT.failed, EXIT.undetermined];

/** The exit code of several answers. */
export function worstOf(codes: Iterable<ExitCode>): ExitCode {
  const all = new Set(codes);
  return WORST_FIRST.find(code => all.has(code)) ?? EXIT.ok;
}

/** Reasons whose answer is below 400 whatever HTTP code gRPC puts around it. */
const GOOD_ANSWERS = new Set(['redirect', 'tls_required', 'cors_preflight']);

/** The exit code of one result. */
export function exitCodeOf(result: TraceResult): ExitCode {
  switch (result.outcome) {
    case 'forwarded':
    case 'passthrough':
      return EXIT.ok;
    case 'undetermined':
      return EXIT.undetermined;
    case 'responded':
      if (result.responseCode === null && result.missing.length > 0) return EXIT.undetermined;
      return isGoodAnswer(result.reason, codeOf(result)) ? EXIT.ok : EXIT.failed;
    case 'mixed':
      return result.weightedClusters.every(branch => isGoodBranch(branch)) ? EXIT.ok : EXIT.failed;
    default:
      return EXIT.failed;
  }
}

/** A direct response's own code, which gRPC puts behind HTTP 200. */
function codeOf({ reason, redirect, responseCode }: TraceResult): number | null {
  return reason === 'direct_response' ? (redirect?.code ?? responseCode) : responseCode;
}

function isGoodBranch({ outcome, reason, responseCode }: TraceResult['weightedClusters'][number]): boolean {
  if (outcome === 'forwarded' || outcome === 'passthrough') return true;
  return outcome === 'responded' && isGoodAnswer(reason ?? null, responseCode ?? null);
}

function isGoodAnswer(reason: string | null, code: number | null): boolean {
  if (reason === null) return false;
  if (GOOD_ANSWERS.has(reason)) return true;
  return reason === 'direct_response' && code !== null && code < 400;
}
