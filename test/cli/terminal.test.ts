import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { TEXTS } from '../../src/render/lang/texts.js';
import { plain } from '../../src/render/paint.js';
import { renderTraceList, traceListRow } from '../../src/render/trace/list.js';
import { renderTrace } from '../../src/render/trace/table.js';
import { columns } from '../../src/render/wrap.js';
import { traceRequest } from '../../src/trace/trace.js';
import { BIN, runBin } from '../support/bin.js';
import { runCli } from '../support/run-cli.js';
import { proxyOf, snapshot } from '../support/snapshot.js';
import { tooLong } from '../support/too-long.js';
import { documentText, workFolder } from '../support/work-folder.js';
import { SNAPSHOT_REQUESTS } from '../trace/snapshot-requests.js';

const REVIEWS = ['productpage', '--to', 'reviews:8888', '-f', 'snapshots/bookinfo-1.1'];
const ESCAPE = '\u001b';
const folder = workFolder();

describe('colours', () => {
  it.each<[string, boolean, Record<string, string>, boolean]>([
    ['a terminal', true, { TERM: 'xterm-256color' }, true],
    ['a pipe', false, {}, false],
    ['a terminal with NO_COLOR', true, { NO_COLOR: '1' }, false],
    ['a terminal with an empty NO_COLOR', true, { NO_COLOR: '' }, true],
    ['a pipe with FORCE_COLOR', false, { FORCE_COLOR: '1' }, true],
    ['a pipe with FORCE_COLOR=0', false, { FORCE_COLOR: '0' }, false],
    ['NO_COLOR and FORCE_COLOR', true, { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
    ['a dumb terminal', true, { TERM: 'dumb' }, false],
  ])('on %s', async (_, isTerminal, env, expected) => {
    const { stdout } = await runCli(REVIEWS, { isTerminal, env });
    expect(stdout.includes(ESCAPE)).toBe(expected);
  });

  it('on the built program’s pipe only with FORCE_COLOR', async () => {
    expect((await runBin(REVIEWS)).stdout).not.toContain(ESCAPE);
    expect((await runBin(REVIEWS, { env: { FORCE_COLOR: '1' } })).stdout).toContain(`${ESCAPE}[32m✓${ESCAPE}[0m`);
  });

  it('never in JSON', async () => {
    const { stdout } = await runCli([...REVIEWS, '-o', 'json'], { isTerminal: true, env: { FORCE_COLOR: '1' } });
    expect(stdout).not.toContain(ESCAPE);
  });
});

describe('a reader that closes the pipe early', () => {
  it.each([['table'], ['json']])('is no error (%s)', async format => {
    expect(await unheard('stdout', [...REVIEWS, '-v', '-o', format])).toEqual({ code: 0, told: '' });
  });

  it('has no further requests traced', async () => {
    const many = Array.from({ length: 100 }, () => '{"to":"reviews:8888"}');
    const file = join(folder, 'many-and-a-bad-one.jsonl');
    writeFileSync(file, `${[...many, '{"to":"nobody"}'].join('\n')}\n`);
    const args = ['productpage', '--requests', file, '-f', 'snapshots/bookinfo-1.1', '-o', 'jsonl'];
    expect(await runBin(args)).toMatchObject({ code: 2, stderr: expect.stringContaining('request 101: ') });
    expect(await unheard('stdout', args)).toEqual({ code: 0, told: '' });
  });

  it('does not change the exit code when it was to be told something', async () => {
    const args = ['nobody', '--to', 'reviews:8888', '-f', 'snapshots/bookinfo-1.1'];
    expect(await unheard('stderr', args)).toEqual({ code: 2, told: '' });
  });
});

/** Runs the built program with nobody at the other end of a stream: its exit code, and what came on the other one. */
async function unheard(stream: 'stdout' | 'stderr', args: readonly string[]): Promise<{ code: number; told: string }> {
  const child = spawn(process.execPath, [BIN, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let told = '';
  child[stream === 'stdout' ? 'stderr' : 'stdout'].on('data', chunk => {
    told += chunk;
  });
  child[stream].destroy();
  const [code] = await once(child, 'close');
  return { code, told };
}

describe.skipIf(!existsSync('/dev/full'))('a full disk', () => {
  it.each([['table'], ['jsonl']])('is told in words, and the answer counts as not given (%s)', async format => {
    const full = openSync('/dev/full', 'w');
    const child = spawn(process.execPath, [BIN, ...REVIEWS, '-o', format], { stdio: ['ignore', full, 'pipe'] });
    closeSync(full);
    const [[code], stderr] = await Promise.all([once(child, 'close'), child.stderr === null ? '' : text(child.stderr)]);
    const told = 'mesh-trace: standard output: the disk is full.\n  Free some space and try again.\n';
    expect({ code, stderr }).toEqual({ code: 3, stderr: told });
  });
});

/** C0 but line feed, DEL, C1, marks that turn the writing direction. */
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
const EVIL = '\u001b]0;owned\u0007\u009b31m\u202e';

describe('control characters in a dump', () => {
  const name = 'reviews.default.svc.cluster.local:8888';
  const dump = documentText('bookinfo-1.1', 'productpage', 'config_dump');
  const evil = dump
    .replaceAll(`"${name}"`, JSON.stringify(`${name}${EVIL}`))
    .replaceAll('outbound|8888|v1|reviews', JSON.stringify(`${EVIL}outbound|8888|v1|reviews`).slice(1, -1));
  writeFileSync(join(folder, 'evil.json'), evil);
  writeFileSync(join(folder, `evil${EVIL}.json`), dump.slice(0, 60_000));

  it.each([['table'], ['json'], ['yaml'], ['jsonl']])('never reach the terminal (%s)', async format => {
    const args = ['--to', 'reviews:8888', '-f', join(folder, 'evil.json'), '-v', '-o', format];
    const { stdout, stderr } = await runBin(args);
    expect(evil).toContain('\\u001b');
    expect(stdout).toContain(name);
    expect(stdout + stderr).not.toMatch(CONTROL);
  });

  it('never reach it from an access log', async () => {
    const log = readFileSync('docs/examples/access.log', 'utf8').replaceAll('/docs/', `/docs/${EVIL}`);
    const args = ['logs', '-', '-f', 'snapshots/bookinfo-1.30-missing-subset', '--proxy', 'productpage'];
    const { stdout } = await runBin(args, { stdin: log });
    expect(stdout).toContain("--path '/docs/]0;owned31m'");
    expect(stdout).not.toMatch(CONTROL);
  });

  it('never reach it in a list or in what is told', async () => {
    const stdin = '{"to":"reviews:8888"}\n';
    const list = await runBin(['--requests', '-', '-f', 'evil.json'], { cwd: folder, stdin });
    expect(list.stdout).toContain('owned31moutbound|');
    const cut = await runBin(['--to', 'reviews:8888', '-f', `evil${EVIL}.json`], { cwd: folder });
    expect(cut.stderr).toContain('breaks off');
    const unknown = await runBin([`nobody${EVIL}`, '--to', 'reviews:8888', '-f', 'evil.json'], { cwd: folder });
    expect(unknown.stderr).toContain('no proxy is called nobody');
    for (const { stdout, stderr } of [list, cut, unknown]) expect(stdout + stderr).not.toMatch(CONTROL);
  });
});

describe('lines fit the terminal, but for words that cannot be broken', () => {
  const views = [80, 140].flatMap(width =>
    [false, true].map(verbose => ({ width, verbose, paint: plain, texts: TEXTS.en.trace })),
  );

  it.each(SNAPSHOT_REQUESTS.map(item => [item.request.id, item] as const))('%s', async (_, item) => {
    const { proxies } = await snapshot(item.snapshot);
    const result = traceRequest(await proxyOf(item.snapshot, item.proxy), item.request, 1, { proxies });
    for (const view of views) {
      expect(tooLong(renderTrace(result, view), view.width)).toEqual([]);
      const list = renderTraceList([traceListRow(result)], view);
      expect(list.split('\n').filter(line => columns(line) > view.width)).toEqual([]);
    }
  });

  it.each([
    ['help', ['--help']],
    ['help of check', ['check', '--help']],
    ['an unknown proxy', ['nobody', '--to', 'reviews:8888', '-f', 'snapshots/bookinfo-1.1']],
    ['no port', ['--to', 'reviews', '-f', 'snapshots/bookinfo-1.1']],
    ['nothing to read', ['--to', 'reviews:8888']],
    ['check', ['check', '-f', 'snapshots/bookinfo-1.30-faulted']],
    ['diff', ['diff', '-f', 'snapshots/bookinfo-1.30-faulted']],
    ['logs', ['logs', 'docs/examples/access.log', '-f', 'snapshots/bookinfo-1.30', '--proxy', 'productpage']],
    ['a trace', ['productpage', '--to', 'reviews:8888', '-f', 'snapshots/bookinfo-1.30']],
  ])('%s', async (_, args) => {
    for (const columns of [60, 80]) {
      const { stdout, stderr } = await runCli(args, { columns });
      expect(tooLong(stdout + stderr, columns)).toEqual([]);
    }
  });
});
