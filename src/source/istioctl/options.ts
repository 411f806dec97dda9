/** What a running call reports to whoever draws the progress. */
export interface Progress {
  /** What is being fetched, for people: `listeners of web-1.shop`. */
  readonly what: string;
  /** Calls that have ended. */
  readonly done: number;
  readonly total: number;
}

/** How `istioctl` is found and asked. Nothing is read from the process itself: `env` is handed in. */
export interface IstioctlOptions {
  /** Path of the executable; else `ISTIOCTL` from `env`, else `istioctl` on its `PATH`. */
  readonly istioctl?: string;
  readonly context?: string;
  readonly kubeconfig?: string;
  readonly namespace?: string;
  readonly istioNamespace?: string;
  /** Control-plane revision; only calls that ask istiod take it. */
  readonly revision?: string;
  readonly proxyAdminPort?: number;
  readonly as?: string;
  readonly asGroup?: readonly string[];
  /** Milliseconds that one call may take; 30 000 when absent. */
  readonly timeoutMs?: number;
  /** Bytes that one answer may have; 4 GiB when absent. */
  readonly maxBytes?: number;
  readonly onProgress?: (progress: Progress) => void;
  /** Told about a call that failed though the result stands without it. */
  readonly onWarning?: (error: Error) => void;
  /** Ends the children; the call then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  readonly env: NodeJS.ProcessEnv;
}

/** One answer of istioctl, as a named byte document. */
export interface FetchedDocument {
  /** The command line for people and evidence, shell-quoted; without the paths of istioctl and kubeconfig. */
  readonly name: string;
  /** The answer from its first byte of data: log lines around it are left out, nothing else is touched. */
  readonly bytes: Buffer;
  /** What was run, the executable first. */
  readonly command: string[];
}

export const DEFAULT_TIMEOUT_MS = 30_000;

/** The executable to run: `--istioctl`, else `ISTIOCTL`, else the name that `PATH` resolves. */
export function executableOf(options: IstioctlOptions): string {
  return options.istioctl || options.env.ISTIOCTL || 'istioctl';
}

/** The limit of one call in milliseconds. */
export function timeoutOf(options: IstioctlOptions): number {
  return options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
}
