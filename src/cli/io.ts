/** What a command sees of the outside: streams, environment and terminal. */
export interface Io {
  readonly stdin: () => AsyncIterable<Buffer>;
  readonly stdout: Output;
  readonly stderr: Output;
  /** The same object for the whole run: istioctl’s version is asked once for it. */
  readonly env: NodeJS.ProcessEnv;
  /** Aborted when the user presses Ctrl-C. */
  readonly signal: AbortSignal;
}

export interface Output {
  readonly write: (text: string) => void;
  /** Writes text in UTF-8. A promise where more should wait until the reader has taken what there is. */
  readonly writeBytes?: (bytes: Uint8Array) => Promise<void> | undefined;
  /** Nobody reads it any more: what is yet to be answered need not be. */
  readonly isClosed?: boolean;
  readonly isTerminal: boolean;
  /** Columns of the terminal; 80 in a pipe. */
  readonly columns: number;
}

/** Columns that a row of a table may take: a terminal has no more, and who reads a pipe looks for whole names. */
export function rowWidth({ isTerminal, columns }: Output): number {
  return isTerminal ? columns : Number.POSITIVE_INFINITY;
}

/** Whether a stream gets colours: a terminal does, unless NO_COLOR is set; FORCE_COLOR wins for a pipe. */
export function hasColour(output: Output, env: Io['env']): boolean {
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false;
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '' && env.FORCE_COLOR !== '0') return true;
  return output.isTerminal && env.TERM !== 'dumb';
}
