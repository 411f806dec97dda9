import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LEDGER, MESH, newPath, PRODUCTPAGE } from './mesh.js';
import { capture, filesBelow, listedFiles, manifestOf } from './support.js';

describe('nothing is overwritten', () => {
  it('a run that is made again leaves all as it is', async () => {
    const dir = newPath();
    await capture(MESH, [PRODUCTPAGE, '-d', dir]);
    const before = readFileSync(join(dir, 'manifest.json'), 'utf8');
    const { code, stdout, stderr } = await capture(MESH, [PRODUCTPAGE, '-d', dir]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^0 proxies captured in \S+, 1 there already\.\n/);
    expect(readFileSync(join(dir, 'manifest.json'), 'utf8')).toBe(before);
  });

  it('another proxy joins those that are there', async () => {
    const dir = newPath();
    await capture(MESH, [PRODUCTPAGE, '-d', dir]);
    expect(await capture(MESH, [LEDGER, '-d', dir])).toMatchObject({ code: 0, stderr: '' });
    expect(manifestOf(dir).proxies.map(({ name }) => name)).toEqual([LEDGER, PRODUCTPAGE]);
    expect(manifestOf(dir).asked).toHaveLength(2);
  });

  it('a file that was lost is captured again with its proxy', async () => {
    const dir = newPath();
    await capture(MESH, [PRODUCTPAGE, '-d', dir]);
    rmSync(join(dir, PRODUCTPAGE, 'clusters.json'));
    expect(await capture(MESH, [PRODUCTPAGE, '-d', dir])).toMatchObject({ code: 0, stderr: '' });
    expect([...listedFiles(dir).values()]).toEqual([true, true, true]);
  });

  it.each<[string, (dir: string) => void, RegExp]>([
    [
      'a file that somebody changed',
      dir => appendFileSync(join(dir, PRODUCTPAGE, 'clusters.json'), ' '),
      /clusters\.json: it was changed since it was captured\.\n {2}Choose another folder with --dir, or/,
    ],
    [
      'a folder of somebody else',
      dir => {
        rmSync(join(dir, 'manifest.json'));
      },
      /default: it is there and not in the manifest\./,
    ],
    [
      'a manifest of something else',
      dir => writeFileSync(join(dir, 'manifest.json'), '{"name": "an app"}'),
      /manifest\.json: it is no manifest that can be gone on with\./,
    ],
  ])('%s', async (_, spoil, said) => {
    const dir = newPath();
    await capture(MESH, [PRODUCTPAGE, '-d', dir]);
    spoil(dir);
    const before = filesBelow(dir).map(path => readFileSync(join(dir, path), 'utf8'));
    const { code, stdout, stderr } = await capture(MESH, [PRODUCTPAGE, '-d', dir]);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(said);
    expect(filesBelow(dir).map(path => readFileSync(join(dir, path), 'utf8'))).toEqual(before);
  });

  it.each([['--istiod'], ['--gzip'], ['--no-redact']])('a snapshot that was made without %s', async option => {
    const dir = newPath();
    await capture(MESH, [PRODUCTPAGE, '-d', dir]);
    const { code, stderr } = await capture(MESH, [PRODUCTPAGE, '-d', dir, option]);
    expect(code).toBe(3);
    expect(stderr).toMatch(/the snapshot there was captured otherwise: (without --istiod|without --gzip|redacted)\./);
    expect(await capture(MESH, [LEDGER, '-d', dir, option, '--force'])).toMatchObject({ code: 0, stderr: '' });
    expect(filesBelow(dir)).toEqual(['manifest.json', ...listedFiles(dir).keys()].sort());
    expect(manifestOf(dir).proxies.map(({ name }) => name)).toEqual([LEDGER]);
  });

  it('but with --force', async () => {
    const dir = newPath();
    await capture(MESH, [PRODUCTPAGE, '-d', dir]);
    appendFileSync(join(dir, PRODUCTPAGE, 'clusters.json'), ' ');
    expect(await capture(MESH, [PRODUCTPAGE, '-d', dir, '--force'])).toMatchObject({ code: 0, stderr: '' });
    expect([...listedFiles(dir).values()]).toEqual([true, true, true]);
  });
});
