import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { whileLocked } from '../../../src/cli/capture/folder-lock.js';
import { workFolder } from '../../support/work-folder.js';
import { recordingsOf } from '../support/recordings.js';
import { capture, filesBelow, listedFiles } from './support.js';

const work = workFolder();
const MESH = recordingsOf('bookinfo-1.30');
const [ONE = '', OTHER = ''] = MESH.proxies;
const LOCK = '.mesh-trace.lock';

let count = 0;
function newPath(): string {
  count += 1;
  return join(work, `lock-${count}`);
}

/** Number of a process that has ended. */
async function endedPid(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  return child.pid ?? 0;
}

async function lockedBy(content: string): Promise<string> {
  const dir = newPath();
  mkdirSync(dir);
  writeFileSync(join(dir, LOCK), content);
  return dir;
}

describe('two captures into one folder', () => {
  it.each([[''], ['--pseudonymise']])('one goes on, the other is told %s', async option => {
    const dir = newPath();
    const args = (name: string) => [name, '-d', dir, ...(option === '' ? [] : [option])];
    const both = await Promise.all([ONE, OTHER].map(name => capture(MESH.folder, args(name), { delayMs: 100 })));
    expect(both.map(({ code }) => code).sort()).toEqual([0, 3]);
    const refused = both.find(({ code }) => code === 3);
    expect(refused?.stdout).toBe('');
    expect(refused?.stderr).toBe(
      `mesh-trace: ${dir}: another capture is writing into it (process ${process.pid}).\n  Wait until it has ended, or choose another folder with --dir. Where nothing runs any more, remove ${join(dir, LOCK)}.\n`,
    );
    expect(readdirSync(dir)).not.toContain(LOCK);
    expect([...listedFiles(dir).values()].every(isWhole => isWhole)).toBe(true);
    for (const name of [ONE, OTHER])
      expect(await capture(MESH.folder, [...args(name), '--force'])).toMatchObject({ code: 0 });
  });

  it('into the private folder of another that replaces names', async () => {
    const dir = newPath();
    const both = await Promise.all([
      capture(MESH.folder, [ONE, '-d', dir, '--pseudonymise'], { delayMs: 100 }),
      capture(MESH.folder, [OTHER, '-d', `${dir}.private`], { delayMs: 100 }),
    ]);
    expect(both.map(({ code }) => code).sort()).toEqual([0, 3]);
  });
});

describe('a lock that is there', () => {
  it.each<[string, () => Promise<string>]>([
    [
      'of a process that was killed',
      async () => JSON.stringify({ pid: await endedPid(), host: hostname(), token: 'x' }),
    ],
    [
      'of an earlier process with this number',
      async () => JSON.stringify({ pid: process.pid, host: hostname(), token: 'x' }),
    ],
    ['that says nothing', async () => ''],
    ['of no process', async () => JSON.stringify({ pid: -1, host: hostname(), token: 'x' })],
  ])('%s is taken over', async (_, content) => {
    const dir = await lockedBy(await content());
    expect(await capture(MESH.folder, [ONE, '-d', dir])).toMatchObject({ code: 0, stderr: '' });
    expect(filesBelow(dir).filter(name => name.startsWith('.'))).toEqual([]);
  });

  it.each<[string, object, RegExp]>([
    ['of a process that runs', { pid: process.ppid, host: hostname(), token: 'x' }, /\(process \d+\)\./],
    ['of another machine', { pid: 1, host: 'build-7', token: 'x' }, /\(process 1 on build-7\)\./],
  ])('%s is left alone', async (_, holder, said) => {
    const dir = await lockedBy(JSON.stringify(holder));
    const { code, stderr } = await capture(MESH.folder, [ONE, '-d', dir]);
    expect(code).toBe(3);
    expect(stderr).toMatch(said);
    expect(readFileSync(join(dir, LOCK), 'utf8')).toBe(JSON.stringify(holder));
  });

  it('is taken over by one of many', async () => {
    const dir = await lockedBy(JSON.stringify({ pid: await endedPid(), host: hostname(), token: 'x' }));
    let inside = 0;
    let most = 0;
    const one = () =>
      whileLocked(dir, async () => {
        inside += 1;
        most = Math.max(most, inside);
        await new Promise(resolve => setTimeout(resolve, 50));
        inside -= 1;
      });
    const ends = await Promise.allSettled(Array.from({ length: 8 }, one));
    expect(most).toBe(1);
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

it('folders that were made for a lock alone go again with it', async () => {
  const dir = newPath();
  await whileLocked(join(dir, 'a', 'b'), async () => {});
  expect(existsSync(dir)).toBe(false);
  mkdirSync(dir);
  await whileLocked(dir, async () => {});
  expect(existsSync(dir)).toBe(true);
});
