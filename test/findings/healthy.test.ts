import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decode } from '../../src/decode/decode.js';
import { checkSnapshot } from '../../src/findings/check.js';
import { snapshotOf } from '../../src/model/snapshot.js';
import { readSources } from '../../src/source/read.js';
import { snapshot } from '../support/snapshot.js';
import { line } from './support/findings.js';

/** What is told of a mesh beyond what is worth knowing: each kind of finding once, whichever proxies show it. */
function grave(findings: ReturnType<typeof checkSnapshot>): string[] {
  return [...new Set(findings.filter(({ severity }) => severity !== 'info').map(line))].sort();
}

it.each(['bookinfo-1.1', 'bookinfo-1.1-registry-only'])('nothing is wrong in snapshots/%s', async name => {
  expect(grave(checkSnapshot(await snapshot(name)))).toEqual([]);
});

/** orphan, unready and details v2 have no endpoints; details v2 is a mirror’s target. */
const KNOWN = [
  'error no-endpoints DestinationRule default/details',
  'error no-endpoints Service default/orphan',
  'error no-endpoints Service default/unready',
  'warning mirror-target-missing VirtualService default/details',
];

it('snapshots/bookinfo-1.30 has what was put into it', async () => {
  expect(grave(checkSnapshot(await snapshot('bookinfo-1.30')))).toEqual(KNOWN);
});

it('snapshots/bookinfo-1.30-missing-subset has one subset too few', async () => {
  const found = grave(checkSnapshot(await snapshot('bookinfo-1.30-missing-subset')));
  expect(found.filter(text => !KNOWN.includes(text))).toEqual([
    'error missing-subset DestinationRule default/mytomcat',
  ]);
});

it('snapshots/bookinfo-1.30-faulted has the faults of its list', async () => {
  const found = grave(checkSnapshot(await snapshot('bookinfo-1.30-faulted')));
  expect(found.filter(text => !KNOWN.includes(text))).toMatchSnapshot();
});

const CONTROLS = ['23-control-mesh-call', '27-control-gateway-https'].map(
  name => `../shared/scenarios/${name}/proxies`,
);

describe.skipIf(!existsSync('../shared/scenarios'))(
  'healthy controls of ../shared (skipped where it is not there)',
  () => {
    it.each(CONTROLS)('%s', async path => {
      const { documents } = await readSources([path], { stdin: () => process.stdin });
      expect(grave(checkSnapshot(snapshotOf((await Promise.all(documents.map(decode))).flat())))).toEqual([]);
    });
  },
);
