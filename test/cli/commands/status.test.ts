import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { statusOn } from '../../../src/cli/commands/status-options.js';
import { failureOf } from '../../../src/cli/fail.js';
import type { Io } from '../../../src/cli/io.js';
import { fixture } from '../../decode/proxy-status/fixtures.js';
import { OWN, SHARED, sharedIsThere, standIn } from '../../source/istioctl/stand-in.js';

interface Answer {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

interface Outside {
  readonly env?: NodeJS.ProcessEnv;
  readonly stdin?: string;
  readonly isTerminal?: boolean;
}

/** Runs `mesh-trace status` with arguments as from a shell. */
async function status(
  args: readonly string[],
  { env = {}, stdin = '', isTerminal = false }: Outside = {},
): Promise<Answer> {
  const printed = { out: '', err: '' };
  const output = (to: 'out' | 'err') => ({
    write: (text: string) => {
      printed[to] += text;
    },
    isTerminal,
    columns: 80,
  });
  const io: Io = {
    stdin: async function* () {
      yield Buffer.from(stdin);
    },
    stdout: output('out'),
    stderr: output('err'),
    env,
    signal: new AbortController().signal,
  };
  let code: number | null = null;
  const program = new Command()
    .exitOverride()
    .configureOutput({ writeErr: io.stderr.write, writeOut: io.stdout.write });
  statusOn(program, io, done => {
    code = done;
  });
  try {
    await program.parseAsync(['status', ...args], { from: 'user' });
  } catch (error) {
    const failure = failureOf(error, false);
    return { ...printed, code: failure.exitCode, err: `${printed.err}${failure.lines.join('\n')}` };
  }
  return { ...printed, code };
}

const FIXTURES = fileURLToPath(new URL('../../decode/proxy-status/fixtures/', import.meta.url));
const TODAY = `${FIXTURES}istio-1.30/list.json.txt`;
const TWO_PILOTS = `${FIXTURES}istio-1.1/table-two-pilots/stdout.txt`;
const BETWEEN = `${FIXTURES}between/1.20.txt`;

const folder = mkdtempSync(join(tmpdir(), 'status-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A folder with these files. */
function filesIn(name: string, files: Record<string, string>): string {
  const root = join(folder, name);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

/** A config dump that says whose it is and no more. */
function dumpOf(pod: string, namespace: string): string {
  const id = `sidecar~10.1.1.1~${pod}.${namespace}~${namespace}.svc.cluster.local`;
  const bootstrap = { '@type': 'type.googleapis.com/envoy.admin.v3.BootstrapConfigDump', bootstrap: { node: { id } } };
  return JSON.stringify({ configs: [bootstrap] });
}

describe('mesh-trace status -f', () => {
  it.each([
    ['a listing in sync', [TODAY], 0],
    ['warnings', [TWO_PILOTS], 0],
    ['warnings that should fail', [TWO_PILOTS, '--fail-on', 'warning'], 1],
    ['notes that should fail', [TODAY, '--expect', 'reviews-v1-545db77b95-sr4b9', '--fail-on', 'info'], 0],
    ['errors', [BETWEEN], 1],
    ['errors that should not fail', [BETWEEN, '--fail-on', 'never'], 0],
    ['a missing proxy', [TODAY, '--expect', 'mysql-v1.default'], 1],
  ])('%s', async (_, args, code) => {
    const answer = await status(['-f', ...args]);
    expect(answer).toMatchObject({ code, err: '' });
    expect(answer.out).toMatch(/^\d+ proxies: /);
  });

  it('leaves names whole in a pipe, and shortens them for a terminal', async () => {
    const name = 'istio-ingressgateway-7c6f8fd795-n5xhd.istio-system';
    const rowsWith = ({ out }: Answer) => out.split('\n').filter(line => line.startsWith(name));
    expect(rowsWith(await status(['-f', TWO_PILOTS]))).toEqual([expect.stringContaining('istio-pilot-5c4d9c7d6b-')]);
    expect(rowsWith(await status(['-f', TWO_PILOTS], { isTerminal: true, env: { NO_COLOR: '1' } }))).toEqual([]);
  });

  it('prints JSON and YAML of the same', async () => {
    const json = JSON.parse((await status(['-f', TWO_PILOTS, '-o', 'json'])).out);
    expect(json).toMatchObject({ schemaVersion: 1, missing: [], worst: 'warning' });
    expect(json.proxies[1]).toMatchObject({
      name: 'details-v1-68868454f5-zzq4t.default',
      cluster: null,
      istiod: 'istio-pilot-5c4d9c7d6b-qs7tl',
      version: '1.1.3',
      types: { CDS: { state: 'SYNCED', detail: null }, EDS: { state: 'NOT SENT', detail: '0%' } },
      notes: [{ code: 'starting', severity: 'warning', types: ['LDS', 'EDS', 'RDS'] }],
    });
    expect(parse((await status(['-f', TWO_PILOTS, '-o', 'yaml'])).out)).toEqual(json);
  });

  it('reads standard input', async () => {
    const answer = await status(['-f', '-'], { stdin: fixture('istio-1.30/list.yaml.txt') });
    expect(answer.out).toMatch(/^7 proxies: 7 without problems/);
  });

  it('has colours on a terminal only', async () => {
    expect((await status(['-f', TODAY], { isTerminal: true })).out).toContain('\u001b[32mok\u001b[0m');
  });

  it.each([
    ['one proxy', ['reviews-v1-545db77b95-sr4b9.default'], ['reviews-v1-545db77b95-sr4b9.default'], []],
    ['a unique beginning', ['reviews-v1'], ['reviews-v1-545db77b95-sr4b9.default'], []],
    ['a unique beginning in a namespace', ['-n', 'secure', 'ledger'], ['ledger-v1-664f6cbf8c-lzg7s.secure'], []],
    ['a namespace', ['-n', 'secure'], ['ledger-v1-664f6cbf8c-lzg7s.secure'], []],
    ['a pod of a namespace', ['-n', 'secure', 'ledger-v1-664f6cbf8c-lzg7s'], ['ledger-v1-664f6cbf8c-lzg7s.secure'], []],
    [
      'a deployment',
      ['deploy/ratings-v1.default', 'mysql.default'],
      ['ratings-v1-b6994bb9c-l65bl.default'],
      ['mysql.default'],
    ],
  ])('limits the answer to %s', async (_, args, names, missing) => {
    const report = JSON.parse((await status(['-f', TODAY, '-o', 'json', ...args])).out);
    expect(report.proxies.map(({ name }: { name: string }) => name)).toEqual(names);
    expect(report.missing).toEqual(missing);
  });

  it.each([
    ['nobody', 'no proxy is called nobody'],
    ['r', 'r fits several proxies'],
  ])('is wrong usage where %s names none', async (name, said) => {
    const { code, out, err } = await status(['-f', TODAY, name]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(said);
  });

  it('expects the proxies whose configuration lies in the same folder', async () => {
    const root = filesIn('snapshot', {
      'proxy-status.txt': fixture('istio-1.30/list.table.txt'),
      'a/config_dump.json': dumpOf('reviews-v1-545db77b95-sr4b9', 'default'),
      'b/config_dump.json': dumpOf('mysql-v1-6d9f7c5b8d-8gw7s', 'default'),
      'c/config_dump.json': dumpOf('cart-v1', 'shop'),
      'notes.txt': 'Taken on Monday.',
    });
    const report = JSON.parse((await status(['-f', root, '-o', 'json'])).out);
    expect(report.missing).toEqual(['cart-v1.shop', 'mysql-v1-6d9f7c5b8d-8gw7s.default']);
    const one = JSON.parse((await status(['-f', root, '-o', 'json', '-n', 'shop'])).out);
    expect(one.missing).toEqual(['cart-v1.shop']);
  });

  it('reads what each istiod says of itself in a bug report', async () => {
    const item = (proxy: string) =>
      JSON.stringify([{ proxy, istio_version: '1.20.1', cluster_sent: 'a', cluster_acked: 'a' }]);
    const root = filesIn('bug-report', {
      'istio/istio-system/istiod-a/debug/syncz': item('cart.shop'),
      'istio/istio-system/istiod-b/debug/syncz': item('web.shop'),
      'proxies/shop/lost/config_dump?include_eds': dumpOf('lost', 'shop'),
    });
    const report = JSON.parse((await status(['-f', root, '-o', 'json'])).out);
    expect(report.proxies.map(({ name, istiod }: { name: string; istiod: string }) => [name, istiod])).toEqual([
      ['cart.shop', 'istiod-a'],
      ['web.shop', 'istiod-b'],
    ]);
    expect(report.missing).toEqual(['lost.shop']);
  });

  it.each([
    [
      'a comparison',
      'Clusters Match\nListeners Match\n',
      /^text is a comparison of one proxy .* at line 1\.\nGive it to mesh-trace diff/,
    ],
    ['a dump', '\n{"configs": []}', /^text is no listing of proxies, at line 2 \(an Envoy config dump\)\./],
  ])('refuses %s with a reason', async (name, text, err) => {
    const root = filesIn(name, { text });
    expect(await status(['-f', join(root, 'text')])).toMatchObject({
      code: 3,
      out: '',
      err: expect.stringMatching(err),
    });
  });

  it('says that a folder holds no listing', async () => {
    const root = filesIn('dumps', { 'a.json': dumpOf('a', 'b'), 'c.json': dumpOf('c', 'd') });
    const { code, err } = await status(['-f', root]);
    expect(code).toBe(3);
    expect(err).toMatch(
      /holds no listing of proxies\.\nSave one beside it \([^)]*\): istioctl proxy-status -o json > proxy-status\.json$/,
    );
  });
});

describe('mesh-trace status through istioctl', () => {
  const live = (recordings: string, args: string[] = [], replay = '') => {
    const { istioctl = '', env } = standIn(recordings, { replay });
    return status(['--istioctl', istioctl, ...args], { env });
  };

  it.each([
    ['modern', OWN.modern, ['-o', 'json'], ['cart-v1-7d9f-abcde.shop', 'web-1.shop', 'web-gateway-5f.edge']],
    ['modern, one namespace', OWN.modern, ['-o', 'json', '-n', 'shop'], ['cart-v1-7d9f-abcde.shop', 'web-1.shop']],
    ['modern, one pod', OWN.modern, ['-o', 'json', 'web-1.shop'], ['web-1.shop']],
    ['old', OWN.old, ['-o', 'json'], ['web-2.shop', 'web-gateway-5f.edge']],
  ])('%s', async (_, recordings, args, names) => {
    const { out, err } = await live(recordings, args);
    expect(err).toBe('');
    expect(JSON.parse(out).proxies.map(({ name }: { name: string }) => name)).toEqual(names);
  });

  it('finds a proxy that istiod does not know', async () => {
    const { code, out } = await live(OWN.old, ['--expect', 'cart-v1.shop']);
    expect(code).toBe(1);
    expect(out).toContain('error    cart-v1.shop is not in the list');
  });

  it('fails with istioctl’s own words', async () => {
    const { code, out, err } = await live(OWN.modern, [], 'status-forbidden');
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(err).toContain('istioctl said:');
  });

  it('refuses a name that could become an option', async () => {
    expect(await live(OWN.modern, ['--', '--as=root'])).toMatchObject({ code: 2, out: '' });
  });

  it.each([
    ['of all', [], '-o json'],
    ['of one proxy, limited to its namespace', ['web-1.shop'], '-o json -n shop'],
    ['of a namespace', ['-n', 'shop'], '-o json -n shop'],
    ['of all where others are expected', ['-n', 'shop', '--expect', 'a.edge'], '-o json'],
  ])('prints the commands of --dry-run, %s', async (_, args, flags) => {
    const { code, out } = await live(OWN.modern, ['--dry-run', ...args]);
    expect(code).toBe(0);
    expect(out.split('\n')[1]).toMatch(/ proxy-status .* {2}# istioctl 1\.20 or later$/);
    expect(out.split('\n')[1]?.split('  # ')[0]).toMatch(new RegExp(` proxy-status ${flags}$`));
  });

  it.skipIf(!sharedIsThere)(
    'reads what real istioctl 1.30.3 and 1.1.6 print (skipped where ../shared is not there)',
    async () => {
      expect((await live(SHARED.modern, [], 'ps-faulted-json')).code).toBe(1);
      const { out } = await live(SHARED.old, [], 'ps-two-pilots');
      expect(out).toBe((await status(['-f', TWO_PILOTS])).out);
    },
  );
});
