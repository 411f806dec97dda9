import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runCli } from '../../support/run-cli.js';

const MISSING = ['runbook', 'productpage', '-f', 'snapshots/bookinfo-1.30-missing-subset', '--to', 'mytomcat:8888'];
const CASES = {
  'missing-subset': MISSING,
  faulted: ['runbook', '-f', 'snapshots/bookinfo-1.30-faulted', '--to', 'reviews:8888', '-H', 'end-user: jason'],
  'both-sides': [
    'runbook',
    'productpage',
    '-f',
    'snapshots/bookinfo-1.30',
    '--to',
    'details:8888',
    '--path',
    '/details/0',
  ],
  chinese: [
    'runbook',
    '--lang',
    'zh',
    '-f',
    'snapshots/bookinfo-1.1',
    '--from',
    'productpage',
    '--to',
    'tcp://mysql:3306',
  ],
};
const folder = mkdtempSync(join(tmpdir(), 'runbook-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('mesh-trace runbook', () => {
  it.each(Object.entries(CASES))('%s, twice the same', async (name, args) => {
    const { stdout } = await runCli(args);
    await expect(stdout).toMatchFileSnapshot(`__snapshots__/runbook/${name}.md`);
    expect((await runCli(args)).stdout).toBe(stdout);
  });

  it('tells no secret of the request', async () => {
    const { stdout } = await runCli([
      ...MISSING,
      '-H',
      'authorization: Bearer MYOWNTOKEN',
      '--path',
      '/a?access_token=MYOWNTOKEN',
    ]);
    expect(stdout).toContain("curl -sS -i -H 'authorization: …' 'http://mytomcat:8888/a?access_token=REDACTED'");
    expect(stdout).not.toContain('MYOWNTOKEN');
  });

  it('has all sections for a ticket, and the trace’s exit code', async () => {
    const { stdout, code } = await runCli(MISSING);
    expect(stdout.match(/^## .*$/gm)).toEqual([
      '## The answer',
      '## The question',
      '## What to do',
      '## How to see that it helped',
      '## How the request goes',
      '## All that was found',
      '## Evidence',
      '## What was assumed',
      '## What was looked at',
      '## Words',
    ]);
    expect(code).toBe(1);
  });

  it('says first that it is a what-if', async () => {
    const pointer =
      '/configs/5/dynamic_route_configs/0/route_config/virtual_hosts/3/routes/1/route/weighted_clusters/clusters/1/name';
    const set = `config_dump.json.gz#${pointer}=outbound|8888|v2|mytomcat.default.svc.cluster.local`;
    const args = [
      'runbook',
      '-f',
      'snapshots/bookinfo-1.30-missing-subset/productpage-v1-6d8bc58dd7-hjw6r',
      '--to',
      'mytomcat:8888',
    ];
    const { stdout } = await runCli([...args, '--set', set]);
    expect(stdout.match(/^## .*$/m)?.[0]).toBe('## This is a what-if');
    expect(stdout).toContain('With the change tried out (nothing was applied): Forwarded');
  });

  it('writes HTML that stands by itself, into a file that is not there yet', async () => {
    const out = join(folder, 'ticket', 'runbook.html');
    expect(await runCli([...MISSING, '-o', 'html', '--out', out])).toEqual({ code: 1, stdout: '', stderr: '' });
    const html = readFileSync(out, 'utf8');
    expect(html).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(html).toContain('<svg ');
    expect(html).not.toMatch(/<script|\ssrc=|\shref=/);
    const again = await runCli([...MISSING, '-o', 'html', '--out', out]);
    expect(again.code).toBe(3);
    expect(again.stderr).toContain('the file is there already');
  });

  it('asks for a destination', async () => {
    const { stderr, code } = await runCli(['runbook', '-f', 'snapshots/bookinfo-1.30-faulted']);
    expect(stderr).toContain('nothing says where the request goes');
    expect(code).toBe(2);
  });
});
