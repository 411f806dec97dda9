import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { STAND_IN, standIn } from '../../source/istioctl/stand-in.js';
import { runCli } from '../../support/run-cli.js';
import { workFolder } from '../../support/work-folder.js';
import { recordingsOf } from '../support/recordings.js';
import { capture, filesBelow, listedFiles, manifestOf } from './support.js';

const BIN = fileURLToPath(new URL('../../../bin/mesh-trace.js', import.meta.url));
const work = workFolder();
const TEN = recordingsOf('bookinfo-1.1');
const FILES = ['clusters.json', 'config_dump.json', 'proxy-status.json'];
const ALL = ['manifest.json', ...TEN.proxies.flatMap(name => FILES.map(file => `${name}/${file}`))].sort();

function complete(dir: string): string[] {
  if (!existsSync(join(dir, 'manifest.json'))) return [];
  return manifestOf(dir).proxies.flatMap(({ name, state }) => (state === 'complete' && name !== null ? [name] : []));
}

/** Captures all ten as a process of its own, which gets a signal when three of them are through. */
async function stopped(dir: string, signal: 'SIGKILL' | 'SIGINT') {
  const { env } = standIn(TEN.folder, { delayMs: 250 });
  const child = spawn(process.execPath, [BIN, 'capture', '-A', '--istioctl', STAND_IN, '-d', dir], { env });
  const printed = Promise.all([text(child.stdout), text(child.stderr)]);
  while (complete(dir).length < 3 && child.exitCode === null) await new Promise(resolve => setTimeout(resolve, 10));
  child.kill(signal);
  const [code, by] = await once(child, 'close');
  const [stdout, stderr] = await printed;
  return { code, by, stdout, stderr, done: complete(dir) };
}

describe('a capture of ten proxies', () => {
  it('that is killed half-way goes on where it stopped', { timeout: 60_000 }, async () => {
    const dir = join(work, 'killed');
    const { by, done } = await stopped(dir, 'SIGKILL');
    expect(by).toBe('SIGKILL');
    expect(done.length).toBeGreaterThanOrEqual(3);
    expect(done.length).toBeLessThan(10);
    expect([...listedFiles(dir).values()]).toEqual(done.flatMap(() => FILES.map(() => true)));
    const next = TEN.proxies.find(name => !done.includes(name)) ?? '';
    mkdirSync(join(dir, next), { recursive: true });
    writeFileSync(join(dir, next, '.clusters.json.0b9b43f4-6b0c-4a8f-9d7e-6f1f7f3f0c11.part'), '{"cluster_st');
    writeFileSync(join(dir, next, 'config_dump.json'), '{"configs": []}');
    const [first = ''] = done;
    for (const folder of ['', first])
      writeFileSync(join(dir, folder, '.manifest.json.0b9b43f4-6b0c-4a8f-9d7e-6f1f7f3f0c12.part'), '{');
    const times = new Map(done.map(name => [name, statSync(join(dir, name, 'config_dump.json')).mtimeMs]));

    const again = await capture(TEN.folder, ['-A', '-d', dir]);
    expect(again).toMatchObject({ code: 0, stderr: '' });
    expect(again.stdout).toContain(`${10 - done.length} proxies captured in ${dir}, ${done.length} there already.`);
    expect(filesBelow(dir)).toEqual(ALL);
    expect(listedFiles(dir).size).toBe(30);
    expect([...listedFiles(dir).values()].every(isWhole => isWhole)).toBe(true);
    for (const [name, time] of times) expect(statSync(join(dir, name, 'config_dump.json')).mtimeMs).toBe(time);
    const answers = await Promise.all(
      [dir, 'snapshots/bookinfo-1.1'].map(path => runCli(['productpage', '--to', 'reviews:8888', '-f', path])),
    );
    expect(answers[0]).toEqual(answers[1]);
  });

  it('that is interrupted says so, and leaves no half-written file', { timeout: 60_000 }, async () => {
    const dir = join(work, 'interrupted');
    const { code, stdout, stderr, done } = await stopped(dir, 'SIGINT');
    expect({ code, stdout, stderr }).toEqual({
      code: 130,
      stdout: '',
      stderr: 'mesh-trace: Interrupted. Run it again: it goes on with what is not captured yet.\n',
    });
    for (const name of readdirSync(dir, { recursive: true, encoding: 'utf8' }))
      expect(name).not.toMatch(/\.(part|lock)$/);
    for (const isWhole of listedFiles(dir).values()) expect(isWhole).toBe(true);
    expect(done.length).toBeLessThan(10);
    expect(await capture(TEN.folder, ['-A', '-d', dir])).toMatchObject({ code: 0 });
    expect(filesBelow(dir)).toEqual(ALL);
  });
});
