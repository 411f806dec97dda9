import { printable } from '../render/printable.js';
import type { Io } from './io.js';

/** What a command is busy with, on one line that goes away again. */
export interface Progress {
  /** `what` is being done; `done` of `total` steps are behind it, or bytes. */
  readonly show: (what: string, count?: Count) => void;
  /** Takes the line away: before anything else is printed, and at the end. */
  readonly end: () => void;
}

interface Count {
  readonly done: number;
  readonly total: number;
  readonly unit?: 'bytes';
}

/** What is done sooner needs no progress. */
const PATIENCE_MS = 500;
/** A terminal need not be told more often. */
const INTERVAL_MS = 100;

const MEGABYTE = 1024 * 1024;

/** So many bytes take about half a second to read and to scan, and while they are scanned nothing can be drawn. */
const LONG = 200 * MEGABYTE;
const CLEAR = '\r\u001b[K';

const SILENT: Progress = { show: () => {}, end: () => {} };

/** Progress on standard error: only on a terminal, only once it has taken half a second or is sure to, and never with `--quiet`. */
export function progressOn({ stderr, env }: Io, options: { readonly quiet?: boolean }): Progress {
  if (options.quiet === true || !stderr.isTerminal || env.TERM === 'dumb') return SILENT;
  let next = Date.now() + PATIENCE_MS;
  let isLong = false;
  let line = '';
  let isShown = false;
  const draw = () => {
    if (line === '' || (Date.now() < next && (isShown || !isLong))) return;
    next = Date.now() + INTERVAL_MS;
    isShown = true;
    stderr.write(CLEAR + printable(line).slice(0, Math.max(10, stderr.columns - 1)));
  };
  const timer = setInterval(draw, INTERVAL_MS);
  timer.unref();
  return {
    show: (what, count) => {
      line = count === undefined ? what : `${what} (${inWords(count)})`;
      isLong = count?.unit === 'bytes' && count.total >= LONG;
      draw();
    },
    end: () => {
      clearInterval(timer);
      if (isShown) stderr.write(CLEAR);
      isShown = false;
      line = '';
    },
  };
}

function inWords({ done, total, unit }: Count): string {
  if (unit === undefined) return `${done} of ${total}`;
  const megabytes = (bytes: number) => (bytes / MEGABYTE).toFixed(bytes < 10 * MEGABYTE ? 1 : 0);
  return `${megabytes(done)} of ${megabytes(total)} MB`;
}
