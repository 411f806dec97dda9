import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { compareSides } from '../../../src/compare/drift/compare.js';
import { twoSnapshots } from '../../../src/compare/drift/sides.js';
import { decode } from '../../../src/decode/decode.js';
import { ProxyConfig } from '../../../src/model/proxy.js';
import { documentOf } from '../../../src/source/document.js';
import { SHARED } from './support.js';

const DUMP = `${SHARED}scale/3000-services.config_dump.json.gz`;
const MAX_RATIO = 3;

/** CPU time in milliseconds, of all threads. */
async function cpuTime(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

interface Dump {
  configs: { dynamic_active_clusters?: { cluster: { connect_timeout?: string; lb_policy?: string } }[] }[];
}

describe.skipIf(!existsSync(DUMP))('two dumps of 50 MB with three edits (needs the shared data)', () => {
  it(`are compared in less than ${MAX_RATIO} times the time that parsing both takes`, async () => {
    const left = gunzipSync(readFileSync(DUMP));
    const edited: Dump = JSON.parse(left.toString());
    const clusters = edited.configs.find(section => section.dynamic_active_clusters)?.dynamic_active_clusters ?? [];
    const [first, second] = [clusters[10]?.cluster, clusters[3000]?.cluster];
    if (first === undefined || second === undefined) throw new Error('the dump has fewer clusters than it had');
    first.connect_timeout = '99s';
    second.lb_policy = 'RANDOM';
    clusters.splice(2000, 1);
    const right = Buffer.from(JSON.stringify(edited, null, 1));

    const parsing = await cpuTime(() => [JSON.parse(left.toString()), JSON.parse(right.toString())].length);
    let differences: readonly { readonly change: string }[] = [];
    const comparing = await cpuTime(async () => {
      const [before, after] = [await decode(documentOf('a', left)), await decode(documentOf('b', right))];
      const sides = twoSnapshots(new ProxyConfig('a', before), new ProxyConfig('b', after), ['a', 'b']);
      ({ differences } = compareSides({ ...sides, mode: 'snapshots', ignore: null }));
    });
    expect(differences.map(({ change }) => change).sort()).toEqual(['changed', 'changed', 'only-left']);
    expect(comparing / parsing).toBeLessThan(MAX_RATIO);
  });
});
