import { execFile } from 'node:child_process';
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Script } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const DUMP = join(ROOT, 'snapshots/bookinfo-1.30/productpage-v1-6d8bc58dd7-hjw6r/config_dump.json.gz');
const BUNDLED = readdirSync(join(ROOT, 'dist/bin'));
const CACHES = BUNDLED.filter(name => name.endsWith('.cache'));

describe('the code caches that the build makes', () => {
  it.each(['main.js', 'start.js', 'trace.js', 'diff.js'])('there is one of %s', name => {
    expect(BUNDLED).toContain(`${name}.cache`);
  });

  it.each(CACHES)('%s is taken by V8', name => {
    const path = join(ROOT, 'dist/bin', name.replace(/\.cache$/, ''));
    const source = `(function (require, module, exports, __filename) {${readFileSync(path, 'latin1')}\n})`;
    const script = new Script(source, { filename: path, cachedData: readFileSync(`${path}.cache`) });
    expect(script.cachedDataRejected).toBe(false);
  });
});

describe('without code caches that fit', () => {
  let copy: string;
  beforeAll(() => {
    copy = mkdtempSync(join(tmpdir(), 'mesh-trace-cache-'));
    for (const part of ['bin', 'dist/bin', 'package.json'])
      cpSync(join(ROOT, part), join(copy, part), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  });
  afterAll(() => rmSync(copy, { recursive: true }));

  const cached = (name: string) => join(copy, 'dist/bin', name);
  it.each<[string, (name: string) => void]>([
    ['as they are', () => {}],
    ['cut short', name => truncateSync(cached(name), 100)],
    ['overwritten', name => writeFileSync(cached(name), Buffer.alloc(5000, 7))],
    ['missing', name => rmSync(cached(name))],
  ])('a trace is the same: %s', async (_, spoil) => {
    CACHES.forEach(spoil);
    expect(await trace(copy)).toEqual(await trace(ROOT));
  });
});

describe('files without a code cache', () => {
  it.each([
    ['test', ['test', '-', '-f', DUMP], 'test 1 has no request and expect'],
    ['record', ['record', '-', '-f', DUMP], 'request 1 is not a mapping'],
    ['runbook', ['runbook', '-f', DUMP], 'nothing says where the request goes'],
    ['logs', ['logs', '/no/such/file', '-f', DUMP], 'there is no such file or directory'],
  ])('share the classes of those with one: %s', async (_, args, said) => {
    const running = promisify(execFile)(process.execPath, [join(ROOT, 'bin/mesh-trace.js'), ...args]);
    running.child.stdin?.end('[x]');
    const failure = await running.catch(error => error);
    expect(failure.stderr).toContain(said);
    expect(failure.stderr).not.toContain('This should not have happened');
  });
});

function trace(root: string): Promise<{ stdout: string; stderr: string }> {
  const args = [join(root, 'bin/mesh-trace.js'), '-f', DUMP, '--to', 'reviews:8888', '-o', 'json'];
  return promisify(execFile)(process.execPath, args);
}
