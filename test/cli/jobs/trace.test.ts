import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { destinationsOf, threadsFor } from '../../../src/cli/jobs/destinations.js';
import type { TraceRequest } from '../../../src/trace/request.js';
import { STAND_IN, standIn } from '../../source/istioctl/stand-in.js';
import { BIN, runBin } from '../../support/bin.js';
import type { CliAnswer } from '../../support/run-cli.js';
import { documentText, workFolder } from '../../support/work-folder.js';
import { recordingsOf } from '../support/recordings.js';

const root = workFolder();
const MODERN = fileURLToPath(new URL('../../../snapshots/bookinfo-1.30', import.meta.url));
const OLD = fileURLToPath(new URL('../../../snapshots/bookinfo-1.1', import.meta.url));
const PODS = readdirSync(MODERN).filter(name => !name.endsWith('.md'));

const HOSTS = ['reviews', 'ratings', 'details', 'ledger.secure', 'mytomcat', 'productpage', 'nobody'];
const PATHS = ['/reviews/', '/api/v1/products/', '/', '/ratings/'];

/** Requests to several places, among them some that cannot be read and some that ask for a proxy that is not there. */
function requestsTo(hosts: readonly string[], count: number, proxies: readonly string[] = []): TraceRequest[] {
  return Array.from({ length: count }, (_, index) => ({
    to: index % 97 === 5 ? 'no-port' : `${hosts[index % hosts.length]}:8888`,
    path: `${PATHS[index % PATHS.length]}${index % 50}`,
    ...(index % 3 === 0 ? { headers: { 'end-user': index % 2 === 0 ? 'jason' : 'mary' } } : {}),
    ...(index % 7 === 0 ? { id: `id-${index}` } : {}),
    ...(proxies.length === 0
      ? {}
      : { proxy: index % 101 === 7 ? 'gone' : (proxies[(index >> 3) % proxies.length] ?? '') }),
  }));
}

/** What one thread answers, once it is clear that so many of them would share the work and answer the same. */
async function sameForAll(
  requests: readonly TraceRequest[],
  args: readonly string[],
  { env = {}, threads = 2 }: { readonly env?: Record<string, string>; readonly threads?: number } = {},
): Promise<CliAnswer> {
  expect(threadsFor(destinationsOf(requests), threads)).toBe(threads);
  writeFileSync(join(root, 'requests.jsonl'), requests.map(request => JSON.stringify(request)).join('\n'));
  const answer = (jobs: number) =>
    runBin([...args, '--requests', 'requests.jsonl', '--jobs', String(jobs)], { cwd: root, env });
  const [alone, divided] = await Promise.all([answer(1), answer(threads)]);
  expect(divided).toEqual(alone);
  return alone;
}

describe('requests in threads', () => {
  it.each([
    ['jsonl', 3],
    ['table', 2],
    ['table -v', 2],
    ['json', 2],
  ])('have the same answers in the same order: %s, of %i', async (output, threads) => {
    const requests = requestsTo(HOSTS, threads * 1000, PODS.slice(0, 4));
    const { code, stdout, stderr } = await sameForAll(requests, ['-f', MODERN, '-o', ...output.split(' ')], {
      threads,
    });
    expect(code).toBe(2);
    expect(stdout).not.toBe('');
    expect(stderr).toContain('request 6: no-port: the port is missing');
    expect(stderr).toContain('no proxy is called gone');
  });

  it('go to the gateways, as YAML', async () => {
    const requests = requestsTo(['example.org', 'bookinfo.example'], 2000);
    expect((await sameForAll(requests, ['--from', 'internet', '-f', MODERN, '-o', 'yaml'])).code).toBe(2);
  });

  it('are of what istioctl fetches', async () => {
    const { folder, proxies } = recordingsOf('bookinfo-1.30');
    const { env } = standIn(folder);
    const fetched = proxies.filter(name => /^(productpage|reviews)/.test(name));
    const requests = requestsTo(HOSTS, 2000).map((request, index) => ({ ...request, proxy: fetched[index % 2] ?? '' }));
    const args = ['--istioctl', STAND_IN, '-o', 'table'];
    expect((await sameForAll(requests, args, { env: env as Record<string, string> })).stdout).toContain('forwarded');
  });

  it('are of a changed configuration', async () => {
    const set = '/configs/0/bootstrap/node/cluster="other"';
    const args = ['productpage', '-f', join(MODERN, pod('productpage')), '--set', `${DUMP}#${set}`, '-o', 'table'];
    const { stdout } = await sameForAll(requestsTo(HOSTS, 2000), args);
    expect(stdout).toContain('forwarded');
  });

  it('have proxies read which the first of them do not reach', async () => {
    const requests = requestsTo(['details'], 2500).map((request, index) =>
      index < 1200 ? request : { ...request, host: index < 1300 ? 'ratings:8888' : 'reviews:8888' },
    );
    const { stdout } = await sameForAll(requests, ['productpage', '-f', OLD, '-o', 'jsonl']);
    const peers = stdout
      .split('\n')
      .map(line => /"peer":\{"schemaVersion":1,"id":"[^"]*","proxy":"([a-z]*)/.exec(line)?.[1]);
    expect(peers.slice(0, 1180)).not.toContain('ratings');
    expect(peers.slice(1180)).toContain('ratings');
  });

  it('meet an entry that is not JSON at some time', async () => {
    const text = documentText('bookinfo-1.30', 'productpage', 'config_dump');
    const at = text.indexOf('"name"', text.indexOf('"cluster": {', text.indexOf('outbound|8888||ratings') - 600));
    const damaged = `${text.slice(0, at)}"name" ${text.slice(at + '"name":'.length)}`;
    mkdirSync(join(root, 'damaged'));
    writeFileSync(join(root, 'damaged', 'config_dump.json'), damaged);
    const requests = requestsTo(['reviews'], 2500).map((request, index) =>
      index > 1500 && index % 3 === 0 ? { ...request, to: 'ratings:8888' } : request,
    );
    const { stderr } = await sameForAll(requests, ['-f', 'damaged', '-o', 'jsonl']);
    expect(stderr.slice(stderr.indexOf('request 1461:'))).toMatch(
      /request 1461:.*cluster section is not\s+JSON.*request 1655:/s,
    );
  });

  it('end when the user interrupts, with what was answered until then', async () => {
    writeFileSync(
      join(root, 'many.jsonl'),
      requestsTo(HOSTS, 30_000)
        .map(request => JSON.stringify(request))
        .join('\n'),
    );
    const args = ['productpage', '-f', MODERN, '--requests', 'many.jsonl', '-o', 'jsonl', '--jobs', '2'];
    const child = spawn(process.execPath, [BIN, ...args], { cwd: root, env: { PATH: process.env.PATH } });
    let stdout = '';
    child.stderr.resume();
    child.stdout.on('data', chunk => {
      if (stdout === '') child.kill('SIGINT');
      stdout += chunk;
    });
    expect(await once(child, 'close')).toEqual([130, null]);
    expect(stdout.endsWith('\n')).toBe(true);
    expect(stdout.split('\n').length).toBeLessThan(29_000);
  });
});

describe('expectations in threads', () => {
  it.each([['json', '--coverage'], ['table']])('have the same outcomes in the same order: %s', async (...output) => {
    const requests = requestsTo(HOSTS, 2000, PODS.slice(0, 3));
    expect(threadsFor(destinationsOf(requests), 2)).toBe(2);
    const items = requests.map((request, index) => ({
      request: index % 89 === 3 ? { ...request, pth: '/' } : request,
      expect: { outcome: 'forwarded', ...(index % 5 === 0 ? { findings: [] } : {}) },
    }));
    writeFileSync(join(root, 'expectations.json'), JSON.stringify(items));
    const args = ['test', 'expectations.json', '-f', MODERN, '-o', ...output];
    const [alone, divided] = await Promise.all(
      [1, 2].map(jobs => runBin([...args, '--jobs', String(jobs)], { cwd: root })),
    );
    expect(alone?.code).toBe(1);
    expect(alone?.stdout).toContain('no proxy is called gone');
    expect(divided).toEqual(alone);
  });
});

const DUMP = 'config_dump.json.gz';

function pod(name: string): string {
  return PODS.find(other => other.startsWith(name)) ?? name;
}
