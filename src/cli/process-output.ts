import type { Output } from './io.js';

/**
 * A stream of the process, which Node makes when it is first written to. A reader that closes the pipe early, such as `head`, is no error:
 * what is written then goes nowhere. `failed` is told of anything else that keeps the stream from being written, once.
 */
export function processOutput(
  open: () => NodeJS.WriteStream,
  failed: (error: NodeJS.ErrnoException) => void = () => {},
): Output {
  let opened: NodeJS.WriteStream | null = null;
  let isClosed = false;
  const close = (error: NodeJS.ErrnoException) => {
    if (!isClosed && error.code !== 'EPIPE') failed(error);
    isClosed = true;
  };
  const stream = () => {
    opened ??= open().on('error', close);
    return opened;
  };
  return {
    write: text => {
      if (!isClosed) stream().write(text);
    },
    writeBytes: bytes => (isClosed || stream().write(bytes) ? undefined : drained(stream())),
    get isClosed() {
      return isClosed;
    },
    get isTerminal() {
      return open().isTTY === true;
    },
    get columns() {
      return open().columns ?? 80;
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
