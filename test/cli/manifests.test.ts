import { appendFileSync, cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeTar } from '../source/support/tar.js';
import { runCli } from '../support/run-cli.js';
import { workFolder } from '../support/work-folder.js';
import { capture, filesBelow, manifestOf } from './capture/support.js';
import { recordingsOf } from './support/recordings.js';

const work = workFolder();
const { folder: RECORDINGS, proxies } = recordingsOf('bookinfo-1.1-registry-only');
const PRODUCTPAGE = proxies.find(name => name.startsWith('productpage')) ?? '';
const ORIGINAL = join(work, 'original');

/** A copy of the snapshot, spoilt. */
function spoilt(name: string, spoil: (dir: string) => void): string {
  const dir = join(work, name);
  cpSync(ORIGINAL, dir, { recursive: true });
  spoil(dir);
  return dir;
}

const trace = (path: string) => runCli([PRODUCTPAGE, '--to', 'reviews:8888', '-f', path], { columns: 10_000 });

describe('the manifest of a snapshot', () => {
  beforeAll(async () => {
    expect((await capture(RECORDINGS, ['-A', '--gzip', '-d', ORIGINAL])).code).toBe(0);
  }, 30_000);

  it('is no trouble where all is as it was captured, in a folder or packed', async () => {
    const entries = filesBelow(ORIGINAL).map(name => ({ name, body: readFileSync(join(ORIGINAL, name)) }));
    writeFileSync(join(work, 'packed.tgz'), gzipSync(await makeTar(entries)));
    for (const path of [ORIGINAL, join(work, 'packed.tgz')]) {
      expect(await trace(path)).toMatchObject({ code: 0, stderr: '' });
      expect(await runCli(['check', '-f', path])).toMatchObject({ stderr: '' });
    }
  });

  it('tells that a file was changed, which is read all the same', async () => {
    const dir = spoilt('changed', path => {
      const file = join(path, PRODUCTPAGE, 'clusters.json.gz');
      writeFileSync(file, gzipSync(Buffer.concat([gunzipSync(readFileSync(file)), Buffer.from(' ')])));
    });
    const { code, stderr } = await trace(dir);
    expect(code).toBe(0);
    expect(stderr).toBe(
      `mesh-trace: changed/${PRODUCTPAGE}/clusters.json.gz is not as it was captured: its SHA-256 is not that of the manifest. It was changed or damaged since\n`,
    );
    const [other = ''] = proxies;
    expect(await runCli([other, '--to', 'reviews:8888', '-f', dir])).toMatchObject({ stderr: '' });
  });

  it('is not asked where a what-if changes a document on the way', async () => {
    const set = ['--set', '/configs/0/tried=1'];
    const { stderr } = await runCli([PRODUCTPAGE, '--to', 'reviews:8888', '-f', ORIGINAL, ...set], { columns: 10_000 });
    expect(stderr).not.toContain('is not as it was captured');
  });

  it('tells that a file was lost', async () => {
    const dir = spoilt('lost', path => rmSync(join(path, PRODUCTPAGE, 'clusters.json.gz')));
    expect((await trace(dir)).stderr).toBe(
      `mesh-trace: lost/manifest.json lists ${PRODUCTPAGE}/clusters.json.gz, which is not there\n`,
    );
  });

  it('tells that a capture was not finished', async () => {
    const dir = spoilt('unfinished', path => {
      const file = join(path, 'manifest.json');
      const manifest = JSON.parse(readFileSync(file, 'utf8'));
      const [first, ...others] = manifest.proxies;
      manifest.proxies = [{ ...first, state: 'pending', files: [] }, ...others];
      writeFileSync(file, JSON.stringify(manifest));
    });
    expect((await trace(dir)).stderr).toMatch(
      /^mesh-trace: unfinished\/manifest\.json: 3 of 4 proxies were captured; /,
    );
  });

  it.each<[string, (text: string) => string]>([
    ['cut', text => text.slice(0, -20)],
    ['of a later format', text => text.replace('"formatVersion": 1', '"formatVersion": 9')],
    ['that points elsewhere', text => text.replace(`"path": "${PRODUCTPAGE}/`, '"path": "../../')],
  ])('%s is told, and nothing is checked against it', async (name, spoil) => {
    const dir = spoilt(name.replaceAll(' ', '-'), path => {
      const file = join(path, 'manifest.json');
      writeFileSync(file, spoil(readFileSync(file, 'utf8')));
    });
    const { code, stderr } = await trace(dir);
    expect(code).toBe(0);
    expect(stderr).toMatch(/manifest\.json cannot be read by this version: nothing is checked against it\n$/);
  });

  it('given alone says what to give instead', async () => {
    const { code, stderr } = await trace(join(ORIGINAL, 'manifest.json'));
    expect(code).toBe(3);
    expect(stderr).toMatch(/is the manifest of a snapshot\.\n {2}Give the folder that it lies in\.\n$/);
  });

  it('of something else is nobody’s', async () => {
    const dir = spoilt('other', path => {
      writeFileSync(join(path, 'manifest.json'), '{"name": "an app", "proxies": []}');
      appendFileSync(join(path, PRODUCTPAGE, 'clusters.json.gz'), '');
    });
    expect(await trace(dir)).toMatchObject({ code: 0, stderr: '' });
    expect(() => manifestOf(dir)).toThrow();
  });
});
