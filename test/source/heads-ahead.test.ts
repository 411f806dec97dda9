import { expect, it } from 'vitest';
import { type ByteSource, memorySource } from '../../src/source/byte-source.js';
import { headsAhead } from '../../src/source/heads-ahead.js';

/** Sources that note when their heads are read; the one called `bad` cannot be. */
function sourcesOf(names: readonly string[]) {
  const read: string[] = [];
  const sources = names.map(
    (name): ByteSource => ({
      ...memorySource(name, Buffer.from(name)),
      head: async () => {
        read.push(name);
        if (name === 'bad') throw new Error('no head');
        return Buffer.from(name);
      },
    }),
  );
  return { read, sources };
}

it('reads the heads of the next sources while one is looked at, and gives each its own', async () => {
  const { read, sources } = sourcesOf(['a', 'b', 'c', 'd', 'e', 'f']);
  const begun: number[] = [];
  const heads: string[] = [];
  for (const source of headsAhead(sources)) {
    begun.push(read.length);
    heads.push(`${source.name} ${await source.head()}`);
  }
  expect(heads).toEqual(['a a', 'b b', 'c c', 'd d', 'e e', 'f f']);
  expect(begun).toEqual([4, 5, 6, 6, 6, 6]);
  expect(read).toHaveLength(6);
});

it('reads a head anew for who asks again, as it is not kept', async () => {
  const { read, sources } = sourcesOf(['a']);
  const [source] = headsAhead(sources);
  expect(await source?.head()).toEqual(Buffer.from('a'));
  expect(await source?.head()).toEqual(Buffer.from('a'));
  expect(read).toEqual(['a', 'a']);
});

it('fails who asks for a head that cannot be read, and nobody else', async () => {
  const { sources } = sourcesOf(['a', 'bad', 'c']);
  const heads = [...headsAhead(sources)].map(source => source.head());
  expect((await Promise.allSettled(heads)).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});
