import { parentPort } from 'node:worker_threads';
import type { DecodedDocument } from '../../decode/document.js';
import { JOBS } from './jobs.js';
import { optimiseLess } from './optimise-less.js';
import { fromShared, type SharedDocument } from './shared-document.js';
import type { SharedWork, ToThread } from './threads.js';
import { takeTurns } from './turns.js';

let isBegun = false;

/** Messages are dealt with one after another, documents before the work that needs them. */
let last: Promise<void> = Promise.resolve();
const documents: DecodedDocument[] = [];

parentPort?.on('message', (message: ToThread) => {
  last = last.then(() => ('documents' in message ? take(message.documents) : work(message.work)));
});

function take(more: readonly SharedDocument[]): void {
  for (const document of more) documents.push(...fromShared(document));
}

async function work({ job, settings, ...turns }: SharedWork): Promise<void> {
  const begin: (documents: readonly DecodedDocument[], settings: never) => (index: number) => unknown =
    await JOBS[job]();
  if (!isBegun) optimiseLess();
  isBegun = true;
  const answers = await takeTurns(turns, begin(documents, settings as never), () => {});
  parentPort?.postMessage(answers);
}
