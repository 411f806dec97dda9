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
  expect(heard).toEqual([
    [32 * 1024 * 1024, total],
    [total, total],
  ]);
  expect(looked).toEqual(['dump.json 65536']);
});
