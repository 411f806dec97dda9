import { constants } from 'node:buffer';
import { executableOf, type IstioctlOptions, timeoutOf } from './options.js';
import { leash } from './process-group.js';

const MAX_BYTES = Math.min(constants.MAX_LENGTH, 2 ** 32);
const MAX_ERROR_BYTES = 2 ** 24;

/** What a run left behind, whether it went well or not. */
export interface Run {
  readonly stdout: Buffer;
  readonly stderr: string;
  readonly end: 'exited' | 'timed-out' | 'too-large' | 'not-started';
  /** Absent when a signal ended it. */
  readonly exitCode?: number;
  /** Why it could not be started, as the system names it: `ENOENT`. */
  readonly systemCode?: string;
}

/**
 * Runs istioctl once: an argument array, no shell, no standard input, a process group of its own.
 * Never throws for what istioctl does; rejects with the signal's reason when `options.signal` aborts.
 */
export async function run(args: readonly string[], options: IstioctlOptions): Promise<Run> {
  options.signal?.throwIfAborted();
  const { execa } = await import('execa');
  const child = execa(executableOf(options), args, {
    env: options.env,
    extendEnv: false,
    stdin: 'ignore',
    detached: true,
    reject: false,
    encoding: 'buffer',
    stripFinalNewline: false,
    maxBuffer: { stdout: options.maxBytes ?? MAX_BYTES, stderr: MAX_ERROR_BYTES },
  });
  const held = leash(child.pid, timeoutOf(options), options.signal);
  try {
    const result = await Promise.race([child, held.gaveUp]);
    options.signal?.throwIfAborted();
    if (result === 'gave-up') {
      child.stdout.destroy();
      child.stderr.destroy();
      child.unref();
      return { stdout: Buffer.alloc(0), stderr: '', end: 'timed-out' };
    }
    if (result.isMaxBuffer) {
      held.end();
    }
    return {
      stdout: bufferOver(result.stdout),
      stderr: bufferOver(result.stderr).toString('utf8'),
      end: endOf(result, held.timedOut()),
      exitCode: result.exitCode,
      systemCode: result.code,
    };
  } finally {
    held.release();
  }
}

/** Without a copy: an answer may have hundreds of megabytes. */
function bufferOver({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

function endOf(result: { isMaxBuffer: boolean; exitCode?: number; signal?: string }, timedOut: boolean): Run['end'] {
  if (timedOut) {
    return 'timed-out';
  }
  if (result.isMaxBuffer) {
    return 'too-large';
  }
  return result.exitCode === undefined && result.signal === undefined ? 'not-started' : 'exited';
}
