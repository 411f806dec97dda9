import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { runBin } from '../support/bin.js';
import { schemaProblems } from '../support/result-schema.js';
import { runCli } from '../support/run-cli.js';
import { workFolder } from '../support/work-folder.js';

const folder = workFolder();
const MESH = ['-f', 'snapshots/bookinfo-1.1'];
const REVIEWS = ['productpage', '--to', 'reviews:8888', ...MESH];

const REQUESTS = [
  { id: 'reviews', to: 'reviews:8888', headers: { 'end-user': 'jason' } },
  { to: 'mysql:3306', protocol: 'tcp' },
  { id: 'tomcat', proxy: 'mytomcat-v1', to: 'mytomcat:8888', random: 60 },
  { ip: '203.0.113.9', port: 9999, protocol: 'tcp' },
];
const JSON_LINES = REQUESTS.map(request => `${JSON.stringify(request)}\n`).join('');
const YAML_LIST = `
- id: reviews
  to: reviews:8888
  headers: {end-user: jason}
- {to: 'mysql:3306', protocol: tcp}
- id: tomcat
  proxy: mytomcat-v1
  to: mytomcat:8888
  random: 60
- {ip: 203.0.113.9, port: 9999, protocol: tcp}
`;

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe('one request', () => {
  it('as JSON, YAML and JSON Lines says the same, and fits the schema', async () => {
    const json: Record<string, unknown> = JSON.parse((await runBin([...REVIEWS, '-o', 'json'])).stdout);
    expect(schemaProblems('TraceResult', json)).toEqual([]);
    expect(json).toMatchObject({
      id: '1',
      outcome: 'forwarded',
      cluster: 'outbound|8888|v1|reviews.default.svc.cluster.local',
    });
    expect(parse((await runBin([...REVIEWS, '-o', 'yaml'])).stdout)).toEqual(json);
    const { stdout } = await runBin([...REVIEWS, '-o', 'jsonl']);
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map(line => JSON.parse(line)),
    ).toEqual([json]);
  });

  it('as a table ends in the verdict', async () => {
    const { code, stdout, stderr } = await runBin(REVIEWS);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(
      /^productpage-v1-5cb458d74f-k7wzd\.default {2}GET http:\/\/reviews:8888\/\n\n 1 ✓ capture {11}virtual\n/,
    );
    expect(stdout).toMatch(/\n\nFORWARDED {2}to reviews\.default\.svc\.cluster\.local port 8888, subset v1,/);
  });

  it('with -v shows losers, evidence and commands', async () => {
    const { stdout } = await runBin([...REVIEWS, '-v']);
    expect(stdout).toContain('not (unnamed): header end-user is absent');
    expect(stdout).toMatch(
      /see snapshots\/bookinfo-1\.1\/productpage-v1-5cb458d74f-k7wzd\/config_dump\.json\.gz\n? +\/configs\/2\//,
    );
    expect(stdout.replace(/ \\\n +/g, ' ')).toContain(
      '$ istioctl proxy-config routes productpage-v1-5cb458d74f-k7wzd.default --name 8888 -o json',
    );
    expect(stdout).toContain('\nAssumed\n');
  });

  it.each([
    ['forwarded', REVIEWS, 0],
    ['a redirect', ['mytomcat', '--to', 'http://productpage:8888/moved', '-f', 'snapshots/bookinfo-1.30'], 0],
    ['404', ['istio-ingressgateway', '--to', 'http://bookinfo/nothing', ...MESH], 1],
    ['blackholed', ['productpage', '--to', 'tcp://203.0.113.9:9999', '-f', 'snapshots/bookinfo-1.1-registry-only'], 1],
    [
      'mixed with a failing branch',
      ['productpage', '--to', 'mytomcat:8888', '-f', 'snapshots/bookinfo-1.30-missing-subset'],
      1,
    ],
  ])('%s: the exit code is the same in every format', async (_, args, expected) => {
    const codes = await Promise.all(
      ['table', 'json', 'yaml', 'jsonl'].map(async format => (await runBin([...args, '-o', format])).code),
    );
    expect(codes).toEqual([expected, expected, expected, expected]);
  });
});

/** Ten thousand texts, in five lines. */
const ENDLESS = `a: &a [${'x,'.repeat(10)}]\nb: &b [${'*a,'.repeat(10)}]\nc: &c [${'*b,'.repeat(10)}]\nto: [${'*c,'.repeat(10)}]\n`;

describe('many requests', () => {
  const ids = ['reviews', '2', 'tomcat', '4'];
  const outcomes = ['forwarded', 'forwarded', 'forwarded', 'passthrough'];

  it.each([
    ['JSON Lines', () => file('requests.jsonl', JSON_LINES), ''],
    ['a YAML list', () => file('requests.yaml', YAML_LIST), ''],
    ['JSON Lines on standard input', () => '-', JSON_LINES],
    ['YAML on standard input', () => '-', YAML_LIST],
  ])('%s: one line each', async (_, path, stdin) => {
    const { code, stdout, stderr } = await runBin(['productpage', ...MESH, '--requests', path(), '-o', 'jsonl'], {
      stdin,
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const results = stdout
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line));
    expect(results.map(({ id }) => id)).toEqual(ids);
    expect(results.map(({ outcome }) => outcome)).toEqual(outcomes);
    expect(results[2].proxy).toBe('mytomcat-v1-7d9d8b9f5b-4mkzs.default');
    expect(results.flatMap(result => schemaProblems('TraceResult', result))).toEqual([]);
  });

  it('one mapping is one request', async () => {
    const { stdout } = await runBin([
      'productpage',
      ...MESH,
      '--requests',
      file('one.yaml', 'to: reviews:8888\npath: /x\n'),
      '-o',
      'jsonl',
    ]);
    expect(JSON.parse(stdout)).toMatchObject({ id: '1', request: { path: '/x' } });
  });

  it('options of the command line hold where a request does not say otherwise', async () => {
    const path = file('defaults.jsonl', '{"to":"reviews:8888"}\n{"to":"reviews:8888","method":"PUT"}\n');
    const { stdout } = await runBin(['productpage', ...MESH, '--requests', path, '--method', 'POST', '-o', 'jsonl']);
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map(line => JSON.parse(line).request.method),
    ).toEqual(['POST', 'PUT']);
  });

  it('as JSON and YAML are a list', async () => {
    const args = ['productpage', ...MESH, '--requests', file('list.jsonl', JSON_LINES)];
    const json: unknown[] = JSON.parse((await runBin([...args, '-o', 'json'])).stdout);
    expect(json).toHaveLength(4);
    expect(parse((await runBin([...args, '-o', 'yaml'])).stdout)).toEqual(json);
  });

  it('as a table are one row each', async () => {
    const { stdout } = await runBin(['productpage', ...MESH, '--requests', file('table.jsonl', JSON_LINES)]);
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(5);
    expect(lines[0]).toMatch(/^ID +REQUEST +END +FINDING +CLUSTER$/);
    expect(lines[2]).toMatch(
      /^2 +TCP 10\.1\.58\.64:3306 +forwarded +- +outbound\|3306\|\|mysql\.default\.svc\.cluster\.local$/,
    );
  });

  it('as a table on a terminal end in how to see each of them in full', async () => {
    const args = ['productpage', ...MESH, '--requests', file('terminal.jsonl', JSON_LINES)];
    const { stdout } = await runCli(args, { isTerminal: true, env: { NO_COLOR: '1' }, columns: 200 });
    expect(stdout.trimEnd().split('\n').slice(5)).toEqual(['each trace in full: -v; as data: -o jsonl']);
  });

  it('as a table with -v are each in full, as if traced alone, below their ids', async () => {
    const args = ['productpage', ...MESH, '-v'];
    const [jason, , , nobody] = JSON_LINES.split('\n');
    const many = await runBin([...args, '--requests', '-'], { stdin: `${jason}\n${nobody}\n` });
    const [first, second] = await Promise.all([
      runBin([...args, '--to', 'reviews:8888', '-H', 'end-user: jason']),
      runBin([...args, '--ip', '203.0.113.9', '--port', '9999', '--protocol', 'tcp']),
    ]);
    const stdout = `==> reviews <==\n${first.stdout}\n==> 2 <==\n${second.stdout}`;
    expect(many).toEqual({ code: 0, stderr: '', stdout });
  });

  it('as a table with -v are in the language that is asked for', async () => {
    const args = ['productpage', ...MESH, '-v', '--lang', 'zh', '--requests', file('chinese.jsonl', JSON_LINES)];
    expect((await runBin(args)).stdout).toContain('转发');
  });

  it('of which none can be read are no table', async () => {
    const args = ['productpage', ...MESH, '--requests', '-'];
    expect(await runBin(args, { stdin: '[{ path: /x }, { path: /y }]' })).toMatchObject({ code: 2, stdout: '' });
  });

  it.each<[string, string, RegExp]>([
    ['not JSON', '{"to":"reviews:8888"}\n{"to":}\n', /line 2 is not JSON/],
    ['JSON for the most part', '{"to":"reviews:8888"}\nreviews:8888\n', /line 2 is not JSON/],
    ['not a mapping', '- reviews:8888\n', /request 1 is not a mapping/],
    ['not YAML', 'to: [\n', /cannot be read/],
    ['endless by its aliases', ENDLESS, /cannot be read: Excessive alias count/],
    ['empty', '\n', /holds no requests/],
  ])('a file that is %s is wrong usage', async (_, content, said) => {
    const { code, stdout, stderr } = await runBin(['productpage', ...MESH, '--requests', '-'], { stdin: content });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(said);
  });

  it.each<[string, string, string]>([
    [
      'JSON Lines',
      '{"id":"r1","to":"details:8888","pth":"/x"}\n{"to":"details:8888"}\n{"to":"details:8888","pth":"/y"}\n',
      'request r1 and 1 more: unknown field pth (path?), left out',
    ],
    [
      'YAML',
      '- to: details:8888\n  hots: x\n  from: { principle: y }\n- to: details:8888\n- to: details:8888\n',
      'request 1: unknown fields hots (host?), from.principle (principal?), left out',
    ],
    [
      'a field like no other',
      '[{id: a, to: details:8888}, {to: details:8888}, {id: 7, to: details:8888, from: {zone: z}}]',
      'request 7: unknown field from.zone (known: ip, port, directIp, principal, namespace), left out',
    ],
  ])('with unknown fields are told of, in %s, and all are answered', async (_, stdin, told) => {
    const args = ['productpage', ...MESH, '--requests', '-', '-o', 'json'];
    const { code, stdout, stderr } = await runBin(args, { stdin });
    expect({ code, answers: JSON.parse(stdout).length }).toEqual({ code: 0, answers: 3 });
    expect(stderr.replace(/\s+/g, ' ')).toBe(`mesh-trace: ${told} `);
    expect((await runBin([...args, '--quiet'], { stdin })).stderr).toBe('');
  });

  it.each<[string, string, string]>([
    ['no destination', '{id: a, path: /x}', 'request a: the request has no destination.'],
    ['a field of another kind', '{id: 7, to: [1]}', 'request 7: to is [1]. Write `to` as text.'],
    ['a field within one', '{to: "details:8888", from: {port: x}}', 'request 1: from.port is "x".'],
    ['an id that is no text', '{id: {x: 1}, to: "details:8888"}', 'request 1: id is {"x":1}. Write `id` as text.'],
    ['an unknown field beside such an id', '{id: {x: 1}, pth: /}', 'request 1: unknown field pth (path?), left out'],
  ])('of which one has %s: it is named, and the others are answered', async (_, bad, told) => {
    const args = ['productpage', ...MESH, '--requests', '-', '-o', 'jsonl'];
    const { code, stdout, stderr } = await runBin(args, { stdin: `- ${bad}\n- {id: good, to: 'details:8888'}\n` });
    expect({ code, id: JSON.parse(stdout).id }).toEqual({ code: 2, id: 'good' });
    expect(stderr.replace(/\s+/g, ' ')).toContain(`mesh-trace: ${told}`);
  });

  it('that cannot be read are told, and the others are answered', async () => {
    const stdin = [
      '{"to":"details:8888"}',
      '{"id":"b","to":"details"}',
      '{"to":"details:8888","proxy":"nobody"}',
      '{"to":"details:8888"}',
    ].join('\n');
    const { code, stdout, stderr } = await runBin(['productpage', ...MESH, '--requests', '-', '-o', 'jsonl'], {
      stdin,
    });
    const results = stdout
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line));
    expect(results.map(({ id, request }) => [id, request.id])).toEqual([
      ['1', '1'],
      ['4', '4'],
    ]);
    expect(code).toBe(2);
    expect(stderr).toContain('mesh-trace: request b: details: the port is missing.');
    expect(stderr).toContain('mesh-trace: request 3: no proxy is called nobody.');
  });
});
