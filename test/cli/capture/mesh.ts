import { join } from 'node:path';
import { workFolder } from '../../support/work-folder.js';
import { recordingsOf } from '../support/recordings.js';

const work = workFolder();
let count = 0;
/** A path where nothing is. */
export function newPath(): string {
  count += 1;
  return join(work, `snapshot-${count}`);
}

export const { folder: MESH, proxies: PROXIES } = recordingsOf('bookinfo-1.30');
const named = (begin: string) => PROXIES.find(name => name.startsWith(begin)) ?? '';
export const PRODUCTPAGE = named('productpage');
export const LEDGER = named('ledger');
