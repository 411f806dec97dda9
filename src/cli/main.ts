import type { Io } from './io.js';
import { processOutput } from './process-output.js';
import { run } from './program.js';

/** Runs mesh-trace as the process that was started; its exit code is that of the process. */
export async function main(): Promise<void> {
  const controller = new AbortController();
  interruptible(controller);
  const io: Io = {
    stdin: () => process.stdin,
    stdout: processOutput(
      () => process.stdout,
      error => void tellUnwritten(error, io),
    ),
    stderr: processOutput(() => process.stderr),
    env: process.env,
    signal: controller.signal,
  };
  const code = await run(process.argv.slice(2), io);
  process.exitCode ??= code;
}

/** Ctrl-C ends what runs in the background and what waits for input; a second one ends mesh-trace at once, as the default does. */
function interruptible(controller: AbortController): void {
  const interrupt = () => {
    controller.abort();
    process.stdin.destroy();
  };
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
}

/** An answer that was not written counts for nothing: the exit code is that of the failure. */
async function tellUnwritten(error: Error, io: Io): Promise<void> {
  const { failureOf } = await import('./fail.js');
  const { tell } = await import('./tell.js');
  const { toSourceError } = await import('../source/source-error.js');
  const { lines, exitCode } = failureOf(toSourceError('standard output', error), process.argv.includes('--debug'));
  tell(lines, io);
  process.exitCode = exitCode;
}
