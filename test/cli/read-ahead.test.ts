import { describe, expect, it } from 'vitest';
import { readAhead } from '../../src/cli/read-ahead.js';
import { documentOf } from '../../src/source/document.js';

/** Documents that note when somebody begins to read them. */
function documents(begun: number[]) {
  return Array.from({ length: 5 }, (_, index) => ({
    document: {
      ...documentOf(`${index}.json`, Buffer.from(`${index}`)),
      load: async () => {
        begun.push(index);
        if (index === 3) throw new Error('cannot be read');
        return { bytes: Buffer.from(`${index}`) };
      },
    },
    isNamed: false,
  }));
}

describe('reading ahead', () => {
  it.each([
    [1, [0]],
    [2, [0, 1]],
    [9, [0, 1, 2, 3, 4]],
  ])('with --jobs %d begins with these', (jobs, expected) => {
    const begun: number[] = [];
    readAhead(documents(begun), jobs).next();
    expect(begun).toEqual(expected);
  });

  it('gives all in their order, each read once, and the error to whom it concerns', async () => {
    const begun: number[] = [];
    const read: string[] = [];
    for (const { document } of readAhead(documents(begun), 3)) {
      const { bytes } = await document.load().catch(() => ({ bytes: Buffer.from('x') }));
      read.push(`${document.name} ${bytes}`);
    }
    expect(read).toEqual(['0.json 0', '1.json 1', '2.json 2', '3.json x', '4.json 4']);
    expect(begun).toEqual([0, 1, 2, 3, 4]);
  });
});
