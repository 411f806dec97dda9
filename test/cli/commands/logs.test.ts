import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import type { LogGroup } from '../../../src/findings/access-log/survey.js';
import { runCli } from '../../support/run-cli.js';
import { LINES, loggedValues } from './log-lines.js';
import { BASE, type Case, line, MISSING, report, SNAPSHOTS, traced } from './log-report.js';

const folder = mkdtempSync(join(tmpdir(), 'logs-'));
afterAll(() => rmSync(folder, { recursive: true }));
const PRODUCTPAGE = 'spiffe://cluster.local/ns/default/sa/bookinfo-productpage';
const CASES: readonly Case[] = [
  {
    name: 'forwarded',
    snapshot: 'bookinfo-1.30',
    proxy: 'productpage',
    request: { to: 'details:8888', path: '/details/0', method: 'POST' },
  },
  { name: 'NC', snapshot: MISSING, proxy: 'productpage', request: { to: 'mytomcat:8888', random: 85 } },
  { name: 'UH', snapshot: 'bookinfo-1.30', proxy: 'productpage', request: { to: 'orphan:8888', path: '/a?b=c' } },
  {
    name: 'NR',
    snapshot: 'bookinfo-1.30',
    proxy: 'istio-ingressgateway',
    request: { to: 'https://bookinfo.example.com/nothing' },
  },
  {
    name: 'redirect',
    snapshot: 'bookinfo-1.30',
    proxy: 'productpage',
    request: { to: 'productpage:8888', path: '/moved' },
  },
  {
    name: 'direct response',
    snapshot: 'bookinfo-1.30',
    proxy: 'productpage',
    request: { to: 'productpage:8888', path: '/mesh-ping' },
  },
  {
    name: 'blackhole',
    snapshot: 'bookinfo-1.30',
    proxy: 'ratings',
    request: { to: '10.96.30.40:8888', protocol: 'tcp' },
  },
  {
    name: 'passthrough',
    snapshot: 'bookinfo-1.30',
    proxy: 'productpage',
    request: { to: '203.0.113.9:9999', protocol: 'tcp', tls: 'tls', sni: 'x.example' },
  },
  { name: 'TCP', snapshot: 'bookinfo-1.30', proxy: 'productpage', request: { to: 'mysql:3306', protocol: 'tcp' } },
  {
    name: 'RBAC',
    snapshot: 'bookinfo-1.30',
    proxy: 'ratings',
    request: {
      ip: '10.244.2.13',
      port: 9080,
      direction: 'inbound',
      tls: 'mtls',
      path: '/ratings/1',
      method: 'DELETE',
      from: { ip: '10.244.1.11', principal: PRODUCTPAGE },
    },
  },
  {
    name: 'NR of a strict port',
    snapshot: 'bookinfo-1.30',
    proxy: 'ledger',
    request: { ip: '10.244.1.91', port: 9080, direction: 'inbound', protocol: 'tcp', from: { ip: '10.244.1.11' } },
  },
  {
    name: 'Istio 1.1: 502 of REGISTRY_ONLY',
    snapshot: 'bookinfo-1.1-registry-only',
    proxy: 'productpage',
    request: { to: '203.0.113.9:8888', host: 'nobody.example' },
  },
];

const END = ['outcome', 'responseCode', 'responseFlag', 'reason'] as const;
const pick = (value: object, keys: readonly string[]) =>
  Object.fromEntries(keys.map(key => [key, (value as Record<string, unknown>)[key]]));

describe.each(CASES)('a line of $name', test => {
  it.each(Object.entries(LINES))('as %s gives back the request and its end', async (_, line) => {
    const expected = await traced(test);
    const { groups, ...counts } = await report(
      test.snapshot,
      [line(loggedValues(expected))],
      ['--all', '--proxy', test.proxy],
    );
    expect(counts).toMatchObject({ lines: 1, otherLines: 0, unplaced: 0, untraced: 0 });
    const [group] = groups as [LogGroup];
    expect(groups).toHaveLength(1);
    expect(pick(group.resolved, ['direction', 'ip', 'port', 'host', 'path', 'method', 'sni'])).toEqual(
      pick(expected.request, ['direction', 'ip', 'port', 'host', 'path', 'method', 'sni']),
    );
    expect(group.agreement).toBe('agrees');
    if (expected.request.random === null) expect(pick(group.verdict, END)).toEqual(pick(expected, END));
  });
});

describe('cases', () => {
  it('are counted, with their times and requests', async () => {
    const lines = [1, 2, 3, 1].map(id =>
      line('503 NC cluster_not_found - "-"', { path: `/details/${id}`, time: `2020-01-0${id}T00:00:00Z` }),
    );
    const found = await report(
      'bookinfo-1.30',
      [...lines, line('503 UF - - "-"'), 'some other line', line('200 - - - "-"')],
      BASE,
    );
    expect(found).toMatchObject({ lines: 7, otherLines: 1, failing: 5 });
    expect(found.groups).toMatchObject([
      { count: 4, requests: 3, first: '2020-01-01T00:00:00Z', last: '2020-01-03T00:00:00Z' },
      { count: 1, requests: 1 },
    ]);
  });

  it('are bounded, and what is beyond is said', async () => {
    const lines = [1, 2, 3, 4, 1].map(id => line('503 NC cluster_not_found - "-"', { path: `/details/${id}` }));
    const found = await report('bookinfo-1.30', lines, [...BASE, '--max-cases', '2']);
    expect(found).toMatchObject({ failing: 5, untraced: 2, groups: [{ count: 3, requests: 2 }] });
    const { stdout } = await runCli(['logs', '-', '-f', `${SNAPSHOTS}bookinfo-1.30`, ...BASE, '--max-cases', '2'], {
      stdin: lines.join('\n'),
      columns: 200,
    });
    expect(stdout).toContain(
      '2 lines of further different requests were counted and not traced; --max-cases raises the bound.',
    );
  });

  it('find their proxy by the name before the line, by its address, or not', async () => {
    const bare = line('503 NC cluster_not_found - "-"');
    const found = await report('bookinfo-1.30', [
      `[pod/productpage-v1-6d8bc58dd7-hjw6r/istio-proxy] ${bare.replace('10.244.1.11', '127.0.0.6')}`,
      bare,
      bare.replace('10.244.1.11', '10.9.9.9'),
    ]);
    expect(found).toMatchObject({
      unplaced: 1,
      groups: [{ count: 2, proxy: 'productpage-v1-6d8bc58dd7-hjw6r.default' }],
    });
  });

  it('take headers and identities that a format of one’s own logs', async () => {
    const format =
      '%START_TIME% %REQ(:METHOD)% %REQ(:PATH)% %PROTOCOL% %RESPONSE_CODE% %RESPONSE_FLAGS% %REQ(:AUTHORITY)% %REQ(X-CANARY)% %DOWNSTREAM_LOCAL_ADDRESS%';
    const lines = ['2020-01-01T00:00:00Z GET / HTTP/1.1 503 NC mytomcat:8888 yes 10.96.88.80:8888'];
    const found = await report(MISSING, lines, [...BASE, '--format', format]);
    expect(found.groups).toMatchObject([
      { agreement: 'agrees', share: null, request: { headers: { 'x-canary': 'yes' } } },
    ]);
  });
});

describe('the answer', () => {
  it('tells a person what to do', async () => {
    const stdin = [line('503 NC cluster_not_found - "-"'), 'a line of something else'].join('\n');
    const { stdout, code } = await runCli(['logs', '-', '-f', 'snapshots/bookinfo-1.30', ...BASE], {
      stdin,
      columns: 100,
    });
    expect(code).toBe(1);
    expect(stdout).toMatchSnapshot();
  });

  it.each([
    [
      '503 UH - - "-"',
      "istioctl proxy-config endpoints productpage-v1-6d8bc58dd7-hjw6r.default --cluster 'outbound|8888|v1|details.default.svc.cluster.local'",
    ],
    [
      '504 UT response_timeout - "-"',
      'kubectl logs productpage-v1-6d8bc58dd7-hjw6r -n default -c istio-proxy --tail=100',
    ],
    [
      '404 NR route_not_found - "-"',
      'istioctl proxy-config routes productpage-v1-6d8bc58dd7-hjw6r.default --name 8888 -o json',
    ],
  ])('fills in the commands of what to do next: %s', async (end, command) => {
    const args = ['logs', '-', '-f', `${SNAPSHOTS}bookinfo-1.30`, ...BASE];
    const { stdout } = await runCli(args, { stdin: line(end), columns: 300 });
    expect(stdout.replace(/\s*\\\n\s+/g, ' ')).toContain(`$ ${command}\n`);
    expect(stdout).not.toMatch(/HOST:PORT|POD\.NAMESPACE| POD |CLUSTER/);
  });

  it('speaks Chinese', async () => {
    const { stdout } = await runCli(['logs', '-', '-f', `${SNAPSHOTS}bookinfo-1.30`, ...BASE, '--lang', 'zh'], {
      stdin: line('503 UF - - "-"'),
    });
    expect(stdout).toContain('共 1 行，其中 1 行是失败的请求');
    expect(stdout).toContain('问题在对端');
  });

  it('is 0 where nothing failed', async () => {
    const { stdout, code } = await runCli(['logs', '-', '-f', `${SNAPSHOTS}bookinfo-1.30`, ...BASE], {
      stdin: line('200 - via_upstream - "-"'),
    });
    expect(stdout).toBe(
      '1 line read, 0 of failed requests (0 cases)\nNo line tells of a failure. --all looks at every line.\n',
    );
    expect(code).toBe(0);
  });

  it('reads gzip', async () => {
    const path = join(folder, 'access.log.gz');
    writeFileSync(path, gzipSync(`${line('503 NC - - "-"')}\r\n`.repeat(1000)));
    const { stdout } = await runCli(['logs', path, '-f', `${SNAPSHOTS}bookinfo-1.30`, ...BASE, '-o', 'yaml']);
    expect(stdout).toMatch(/lines: 1000\notherLines: 0\nfailing: 1000\n/);
  });

  it.each([
    [['-'], 'nothing here', 2, 'holds no access-log lines in a default format of Istio or Envoy'],
    [['-', '--format', 'plain'], '', 2, 'the format has no command operator such as %RESPONSE_CODE%'],
    [['no-such.log'], '', 3, 'there is no such file or directory'],
  ])('%j of %j is %i: %s', async (args, stdin, exitCode, message) => {
    const { stderr, code } = await runCli(['logs', ...args, '-f', `${SNAPSHOTS}bookinfo-1.30`], {
      stdin,
      columns: 200,
    });
    expect(stderr.replace(/\s+/g, ' ')).toContain(message);
    expect(code).toBe(exitCode);
  });
});
