import { describe, expect, it } from 'vitest';
import { decode } from '../../src/decode/decode.js';
import { ResourceLists } from '../../src/model/resource-lists.js';
import { readSources } from '../../src/source/read.js';

const DUMP = 'snapshots/bookinfo-1.30/productpage-v1-6d8bc58dd7-hjw6r/config_dump.json.gz';

/** The clusters of a dump of which nobody has asked anything yet. */
async function clusters(): Promise<ResourceLists> {
  const { documents } = await readSources([DUMP], { stdin: () => process.stdin });
  const decoded = (await Promise.all(documents.map(decode))).flat();
  const lists = decoded.flatMap(({ name, lists }) => lists.map(list => ({ list, document: name })));
  return new ResourceLists(lists.filter(({ list }) => list.kind === 'cluster'));
}

const REVIEWS = 'outbound|8888||reviews.default.svc.cluster.local';
const pointers = (resources: readonly { pointer: string }[]) => resources.map(({ pointer }) => pointer);

describe('resources by name', () => {
  it.each([
    ['all of them are known', (lists: ResourceLists) => lists.all],
    ['a text in their names was looked for', (lists: ResourceLists) => lists.containing('reviews.default')],
    ['another text was looked for', (lists: ResourceLists) => lists.containing('ratings.default')],
    ['nothing was asked', () => null],
  ])('are the same where %s', async (_, ask) => {
    const lists = await clusters();
    ask(lists);
    const wanted = lists.all.filter(({ name }) => name === REVIEWS);
    const asked = await clusters();
    ask(asked);
    expect(wanted).toHaveLength(1);
    expect(pointers(asked.named(REVIEWS))).toEqual(pointers(wanted));
    expect(asked.named('reviews.default')).toEqual([]);
  });

  it('are the same objects however they were found', async () => {
    const lists = await clusters();
    const [held] = lists.containing(REVIEWS);
    expect(lists.named(REVIEWS)).toEqual([held]);
    expect(lists.all).toContain(held);
  });
});
