import { parentPort, workerData } from 'node:worker_threads';
import type { Io, Output } from '../io.js';
import { checkShare } from './check-share.js';
import type { FromThread } from './threads.js';

/** A thread prints nothing: what it has to say is its answer. */
const silent: Output = { write: () => {}, isTerminal: false, columns: 80 };
const io: Io = {
  stdin: async function* () {},
  stdout: silent,
  stderr: silent,
  env: {},
  signal: new AbortController().signal,
};

let done = 0;
checkShare(workerData, io, () => post({ done: ++done })).then(answer => post({ answer }));

function post(message: FromThread<unknown>): void {
  parentPort?.postMessage(message);
}
