import { parentPort } from 'node:worker_threads';
import type { DecodedDocument } from '../../decode/document.js';
import { type Answers, handedOver } from './answer.js';
import { JOBS, type Job } from './jobs.js';
import { leaveCores } from './leave-cores.js';
import { Outbox } from './outbox.js';
import { fromShared, type SharedDocument } from './shared-document.js';
import type { FromThread, SharedWork, ToThread } from './threads.js';
import { addAhead, ownItems, waitUntilTaken } from './turns.js';

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

async function work({ id, job, settings, turns, thread, atOnce = 1 }: SharedWork): Promise<void> {
  const begin: Job = await JOBS[job]();
  if (!isBegun) leaveCores();
  isBegun = true;
  const answer = await begin(documents, settings as never);
  const outbox = new Outbox((answers: Answers, bytes: number) => {
    addAhead(turns, thread, bytes);
    parentPort?.postMessage({ id, answers } satisfies FromThread, handedOver(answers));
    waitUntilTaken(turns, thread);
  });
  const items = ownItems(turns, thread);
  const oneAfterAnother = async () => {
    for (const item of items) outbox.add(item, await answer(item));
  };
  await Promise.all(Array.from({ length: atOnce }, oneAfterAnother));
  outbox.flush();
}
