/** Why a call of istioctl gave nothing. `invalid-name` is wrong usage, found before anything ran. */
export type IstioctlErrorKind =
  | 'not-found'
  | 'no-kubeconfig'
  | 'unknown-context'
  | 'forbidden'
  | 'pod-not-found'
  | 'no-sidecar'
  | 'refused'
  | 'timeout'
  | 'cut-off'
  | 'unsupported-flag'
  | 'api-down'
  | 'invalid-name'
  | 'other';

export interface IstioctlFailure {
  readonly kind: IstioctlErrorKind;
  /** One sentence: what is wrong and what to do next. */
  readonly short: string;
  /** The exact command to try by hand, shell-quoted. */
  readonly command: string;
  /** istioctl's own words: standard error and the log lines on standard output that carry the cause; may be empty. */
  readonly said?: string;
  /** Names of proxies close to the one that was not found, the closest first. */
  readonly near?: readonly string[];
}

/** A failure of istioctl, told so that the reader knows what to do. */
export class IstioctlError extends Error {
  override readonly name = 'IstioctlError';
  readonly kind: IstioctlErrorKind;
  readonly short: string;
  readonly command: string;
  readonly said: string;
  readonly near: string[];

  constructor(failure: IstioctlFailure) {
    super(failure.short);
    this.kind = failure.kind;
    this.short = failure.short;
    this.command = failure.command;
    this.said = failure.said ?? '';
    this.near = [...(failure.near ?? [])];
  }
}
