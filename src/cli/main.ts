import type { Io, Output } from './io.js';
import { run } from './program.js';

/** Runs mesh-trace as the process that was started; its exit code is that of the process. */
export async function main(): Promise<void> {
  const controller = new AbortController();
  interruptible(controller);
  endingWithPipe();
  const io: Io = {
    stdin: () => process.stdin,
    stdout: output(() => process.stdout),
    stderr: output(() => process.stderr),
    env: process.env,
    signal: controller.signal,
  };
  process.exitCode = await run(process.argv.slice(2), io);
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

/** A reader that closes the pipe early, such as `head`, is no error. */
function endingWithPipe(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

/** Node makes a stream when it is first asked for. */
function output(stream: () => NodeJS.WriteStream): Output {
  return {
    write: text => stream().write(text),
    writeBytes: bytes => (stream().write(bytes) || stream().destroyed ? undefined : drained(stream())),
    get isTerminal() {
      return stream().isTTY === true;
    },
    get columns() {
      return stream().columns ?? 80;
    },
  };
}

/** Resolves when the reader has taken what was written, or is gone. */
async function drained(stream: NodeJS.WriteStream): Promise<void> {
  await new Promise<void>(resolve => {
    const goOn = () => {
      for (const event of ENOUGH) stream.off(event, goOn);
      resolve();
    };
    for (const event of ENOUGH) stream.on(event, goOn);
  });
}

const ENOUGH = ['drain', 'close', 'error'];
