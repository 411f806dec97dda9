import { decode } from '../../src/decode/decode.js';
import type { ProxyConfig } from '../../src/model/proxy.js';
import { selectProxy } from '../../src/model/select.js';
import { type Snapshot, snapshotOf } from '../../src/model/snapshot.js';
import { readSources } from '../../src/source/read.js';

const loaded = new Map<string, Promise<Snapshot>>();

/** A folder of snapshots/, read once a test file. Documents are named from the repository's root. */
export function snapshot(name: string): Promise<Snapshot> {
  let found = loaded.get(name);
  if (found === undefined) {
    found = read(`snapshots/${name}`);
    loaded.set(name, found);
  }
  return found;
}

/** The proxy of a snapshot with this name, or the only one whose name begins so. */
export async function proxyOf(name: string, proxy: string): Promise<ProxyConfig> {
  return selectProxy((await snapshot(name)).proxies, proxy);
}

async function read(path: string): Promise<Snapshot> {
  const { documents } = await readSources([path], { stdin: () => process.stdin });
  const decoded = await Promise.all(documents.filter(({ name }) => name.endsWith('.json.gz')).map(decode));
  return snapshotOf(decoded.flat());
}
