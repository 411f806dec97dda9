import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { OWN, standIn } from '../source/istioctl/stand-in.js';
import { runCli } from '../support/run-cli.js';
import { recordingsOf } from './support/recordings.js';

const MESH = 'snapshots/bookinfo-1.30-missing-subset';

function check(...args: string[]) {
  return runCli(['check', '-f', MESH, ...args]);
}

async function codes(...args: string[]): Promise<string[]> {
  const { stdout } = await check(...args, '-o', 'json');
  return [...new Set(JSON.parse(stdout).findings.map(({ code }: { code: string }) => code) as string[])];
}

describe('mesh-trace check', () => {
  it.each(['table', 'json', 'yaml', 'markdown', 'sarif', 'junit', 'github'])('-o %s', async output => {
    const { code, stdout, stderr } = await check(
      'productpage',
      '--only',
      'missing-subset,fault-injected',
      '-o',
      output,
    );
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    await expect(stdout.replaceAll(/"version": "0[^"]*"/g, '"version": "X"')).toMatchFileSnapshot(
      `__snapshots__/check/${output}.txt`,
    );
  });

  it.each([
    [[], 'pod.namespace', '  # for each proxy that is listed, istioctl 1.10 or later'],
    [['web-1.shop'], 'web-1.shop', '  # istioctl 1.10 or later'],
  ])('shows the commands that it would run for %j, the listing among them', async (names, target, comment) => {
    const { code, stdout } = await runCli(['check', ...names, '--dry-run', '--istioctl', 'istioctl']);
    expect(code).toBe(0);
    expect(stdout.split('\n').slice(0, 5)).toEqual([
      'istioctl version --remote=false -o json',
      'istioctl proxy-status -o json  # istioctl 1.20 or later',
      'istioctl proxy-status -v 1  # where that has no JSON',
      'istioctl proxy-status  # istioctl before 1.20, or without either',
      `istioctl proxy-config all ${target} -o json${comment}`,
    ]);
  });

  it('tries a remedy, and says that it is a what-if', async () => {
    const args = ['productpage', '--only', 'missing-subset', '-o', 'json'];
    const pointersOf = (text: string) =>
      (JSON.parse(text).findings as { pointer: string }[]).map(({ pointer }) => pointer);
    const [first, ...others] = pointersOf((await check(...args)).stdout);
    const there = 'outbound|8888|v1|mytomcat.default.svc.cluster.local';
    const document = 'productpage-v1-6d8bc58dd7-hjw6r/config_dump.json.gz';
    const remedied = await check(...args, '--set', `${document}#${first}="${there}"`);
    expect(pointersOf(remedied.stdout)).toEqual(others);
    expect(remedied.stderr).toContain('This is a what-if');
  });

  it('says the same in JSON and YAML', async () => {
    const [json, yaml] = [await check('-o', 'json'), await check('-o', 'yaml')];
    expect(parse(yaml.stdout)).toEqual(JSON.parse(json.stdout));
  });

  it.each([
    [[], 1],
    [['--fail-on', 'never'], 0],
    [['--only', 'fault-injected'], 0],
    [['--only', 'fault-injected', '--fail-on', 'info'], 1],
    [['--only', 'mirror-target-missing'], 0],
    [['--only', 'mirror-target-missing', '--fail-on', 'warning'], 1],
    [['--ignore', 'missing-subset', '--ignore', 'no-endpoints'], 0],
    [['--ignore', 'missing-subset', '--ignore', 'no-endpoints', '--fail-on', 'warning'], 1],
    [['ratings'], 2],
  ])('%j exits with %i', async (args, exit) => {
    expect((await check(...args)).code).toBe(exit);
  });

  it.each([
    ['table', /^\d+ proxies checked: 1 note left out by --show\.\n$/],
    ['markdown', /checked: 1 note left out by --show\.\n$/],
  ])('fails by what is hidden, and says how much that is: %s', async (output, said) => {
    const { code, stdout } = await check('--only=fault-injected', '--show=error', '--fail-on=info', '-o', output);
    expect(code).toBe(1);
    expect(stdout).toMatch(said);
  });

  it.each([
    ['no-endpoints:orphan', ['DestinationRule default/details', 'Service default/unready']],
    ['no-endpoints:default/*', []],
    ['no-endpoints:service/default/*', ['DestinationRule default/details']],
    [
      'no-endpoints:other/orphan',
      ['DestinationRule default/details', 'Service default/orphan', 'Service default/unready'],
    ],
    ['no-endpoints:rphan', ['DestinationRule default/details', 'Service default/orphan', 'Service default/unready']],
  ])('--ignore %s', async (ignored, left) => {
    const { stdout } = await check('--only', 'no-endpoints', '--ignore', ignored, '-o', 'json');
    const objects = JSON.parse(stdout).findings.map(
      ({ resource }: { resource: { kind: string; namespace: string; name: string } }) =>
        `${resource.kind} ${resource.namespace}/${resource.name}`,
    );
    expect([...new Set(objects)].sort()).toEqual(left);
  });

  it('takes codes by commas and repeated', async () => {
    expect(await codes('--only', 'panic-mode,missing-subset', '--only', 'fault-injected')).toEqual([
      'missing-subset',
      'fault-injected',
      'panic-mode',
    ]);
  });

  it('limits itself to the proxies that are named', async () => {
    const { stdout } = await check('istio-ingressgateway', '-o', 'json');
    const result = JSON.parse(stdout);
    expect(result.proxies).toEqual([expect.stringMatching(/^istio-ingressgateway-.*\.istio-system$/)]);
    const seen = new Set(result.findings.map(({ proxy }: { proxy: string }) => proxy));
    expect([...seen]).toEqual(result.proxies);
  });

  it.each([
    [['--only', 'mising-subset'], 'Near: missing-subset'],
    [['--ignore', 'nothing:at-all'], 'list findings'],
    [['nobody'], 'no proxy is called nobody'],
  ])('%j is wrong usage', async (args, said) => {
    const { code, stderr } = await check(...args);
    expect(code).toBe(2);
    expect(stderr.replaceAll(/\s+/g, ' ')).toContain(said);
  });

  it('says so where nothing can be read', async () => {
    expect((await runCli(['check', '-f', 'snapshots/nowhere'])).code).toBe(3);
  });
});

describe('mesh-trace check, live', () => {
  /** What the stand-in has of a proxy is not whole. */
  const EXPECTED = ['--ignore', 'partial-dump'];

  function live(replay: string | undefined, ...args: string[]) {
    const { istioctl = '', env } = standIn(OWN.modern, replay === undefined ? {} : { replay });
    return runCli(['check', '--istioctl', istioctl, ...EXPECTED, ...args], { env: env as Record<string, string> });
  }

  it('asks no ztunnel, which is no Envoy', async () => {
    const { code, stdout } = await live('status-ambient', '-o', 'json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout).proxies).toEqual(['web-1.shop']);
  });

  it('asks istioctl for the proxy, and for the listing of proxies', async () => {
    expect(await live(undefined, 'web-1.shop', '-q')).toEqual({
      code: 0,
      stdout: '1 proxy checked: nothing found.\n',
      stderr: '',
    });
  });

  it('goes on without the listing where it cannot be had', async () => {
    const { code, stdout, stderr } = await live('status-forbidden', 'web-1.shop');
    expect({ code, stdout }).toEqual({ code: 0, stdout: '1 proxy checked: nothing found.\n' });
    expect(stderr).toContain('the listing of proxies is left out');
  });

  it('checks all proxies that istiod lists where none is named', async () => {
    const { folder, proxies } = recordingsOf('bookinfo-1.30-missing-subset');
    const { istioctl = '', env } = standIn(folder, {});
    const { stdout } = await runCli(['check', '--istioctl', istioctl, '-q'], { env: env as Record<string, string> });
    expect(stdout).toContain(`${proxies.length} proxies checked`);
    expect(stdout).toContain('missing-subset');
  });

  it('goes on without those that cannot be had', async () => {
    const { code, stdout, stderr } = await live(undefined, '-n', 'shop');
    expect(stderr).toMatch(/\S+\.shop is left out: /);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '1 proxy checked: nothing found.\n' });
  });

  it.each([
    ['a namespace without proxies', undefined, ['-n', 'nowhere'], 2, 'istiod lists no proxy in namespace nowhere'],
    ['no listing', 'status-forbidden', [], 3, 'forbidden'],
  ] as const)('stops where nothing says which proxy: %s', async (_, replay, args, code, words) => {
    const answer = await live(replay, ...args);
    expect(answer.code).toBe(code);
    expect(answer.stderr).toContain(words);
  });
});

it('mesh-trace list findings names every finding', async () => {
  const { code, stdout } = await runCli(['list', 'findings'], { columns: 100 });
  expect(code).toBe(0);
  await expect(stdout).toMatchFileSnapshot('__snapshots__/list-findings.txt');
  const { stdout: narrow } = await runCli(['list', 'findings'], { columns: 60 });
  expect(Math.max(...narrow.split('\n').map(line => line.length))).toBeLessThanOrEqual(60);
  const { stdout: json } = await runCli(['list', 'findings', '-o', 'json']);
  expect(JSON.parse(json).findings).toContainEqual({
    code: 'missing-subset',
    severity: 'error',
    title: 'A route names a subset that no DestinationRule defines',
  });
});
