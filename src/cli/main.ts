import type { Io, Output } from './io.js';
import { run } from './program.js';

const controller = new AbortController();

/** Ctrl-C ends what runs in the background and what waits for input; a second one ends mesh-trace at once, as the default does. */
function interrupt(): void {
  controller.abort();
  process.stdin.destroy();
}
process.once('SIGINT', interrupt);
process.once('SIGTERM', interrupt);

/** A reader that closes the pipe early, such as `head`, is no error. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const io: Io = {
  stdin: () => process.stdin,
  stdout: output(process.stdout),
  stderr: output(process.stderr),
  env: process.env,
  signal: controller.signal,
};

process.exitCode = await run(process.argv.slice(2), io);

function output(stream: NodeJS.WriteStream): Output {
  return { write: text => stream.write(text), isTerminal: stream.isTTY === true, columns: stream.columns ?? 80 };
}
