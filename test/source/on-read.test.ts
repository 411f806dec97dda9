import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readSources } from '../../src/source/read.js';
import { workFolder } from '../support/work-folder.js';

it('who reads a file hears how many of its bytes are there', async () => {
  const path = join(workFolder(), 'dump.json');
  writeFileSync(path, Buffer.alloc(40 * 1024 * 1024, ' '));
  const heard: [number, number][] = [];
  const looked: string[] = [];
  const { documents } = await readSources([path], {
    stdin: async function* () {},
    onDocument: ({ name }, head) => looked.push(`${name} ${head.length}`),
  });
  await documents[0]?.load((done, total) => heard.push([done, total]));
  const total = 40 * 1024 * 1024;
  expect(heard).toEqual([8, 16, 24, 32, 40].map(done => [done * 1024 * 1024, total]));
  expect(looked).toEqual(['dump.json 65536']);
});

it('the pieces of a large file come together in order, to its last byte', async () => {
  const path = join(workFolder(), 'dump.json');
  const written = Buffer.alloc(33 * 1024 * 1024 + 7);
  for (let at = 0; at + 4 <= written.length; at += 4) written.writeUInt32LE(at, at);
  writeFileSync(path, written);
  const { documents } = await readSources([path], { stdin: async function* () {} });
  const { bytes, incomplete } = (await documents[0]?.load()) ?? {};
  expect(bytes?.equals(written)).toBe(true);
  expect(incomplete).toBeUndefined();
});
