import { kill } from 'node:process';

/** How long a process group may take to end after it was asked to, in milliseconds. */
const GRACE_MS = 1000;

/** How often the time that is left is looked at, in milliseconds. */
const STEP_MS = 200;

export interface Leash {
  /** Whether the time ran out. */
  timedOut(): boolean;
  /** Ends the group now. */
  end(): void;
  /** Resolves when even the killed group keeps its pipes open: waiting longer is of no use. */
  readonly gaveUp: Promise<'gave-up'>;
  /** Must be called when the leader has ended. */
  release(): void;
}

/**
 * Ends the whole process group that `pid` leads when `timeoutMs` milliseconds have passed or `signal` aborts:
 * istioctl starts credential helpers, which would live on. First asked by SIGTERM, then killed.
 */
export function leash(pid: number | undefined, timeoutMs: number, signal: AbortSignal | undefined): Leash {
  const timers: NodeJS.Timeout[] = [];
  let timedOut = false;
  let ending = false;
  let giveUp: (outcome: 'gave-up') => void;
  const gaveUp = new Promise<'gave-up'>(resolve => {
    giveUp = resolve;
  });
  const end = () => {
    ending = true;
    signalGroup(pid, 'SIGTERM');
    timers.push(setTimeout(() => signalGroup(pid, 'SIGKILL'), GRACE_MS));
    timers.push(setTimeout(() => giveUp('gave-up'), 2 * GRACE_MS));
  };
  const expire = () => {
    timedOut = true;
    end();
  };
  timers.push(afterListening(timeoutMs, expire));
  signal?.addEventListener('abort', end, { once: true });
  return {
    timedOut: () => timedOut,
    end,
    gaveUp,
    release: () => {
      timers.forEach(clearTimeout);
      signal?.removeEventListener('abort', end);
      if (ending) {
        signalGroup(pid, 'SIGKILL');
      }
    },
  };
}

/**
 * Calls `expire` once when `timeoutMs` milliseconds have passed. Time in which this process was too busy to listen counts for
 * little: what istioctl said meanwhile is still to be read.
 */
function afterListening(timeoutMs: number, expire: () => void): NodeJS.Timeout {
  const step = Math.min(STEP_MS, timeoutMs / 4);
  let left = timeoutMs;
  let last = Date.now();
  const timer = setInterval(() => {
    const now = Date.now();
    left -= Math.min(now - last, 2 * step);
    last = now;
    if (left > 0) return;
    clearInterval(timer);
    expire();
  }, step);
  return timer;
}

function signalGroup(pid: number | undefined, name: 'SIGTERM' | 'SIGKILL'): void {
  if (pid === undefined) {
    return;
  }
  try {
    kill(-pid, name);
  } catch {
    // The group has ended meanwhile, which is what was wanted.
  }
}
