import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RECORDED_FAILURES } from '../source/istioctl/recorded-failures.js';
import {
  OWN,
  type RecordedCall,
  recordedCalls,
  SHARED,
  STAND_IN,
  sharedIsThere,
  standIn,
} from '../source/istioctl/stand-in.js';
import { runCli } from '../support/run-cli.js';
import { recordingsOf } from './support/recordings.js';

/** Flags of a listing that mesh-trace hands on; its own --timeout, and where istioctl logs to, are others. */
const OF_LISTING = /^(--context|-i|--revision|--timeout|--log_\w+)$/;
const HANDED_ON_BY_STATUS = ['--context', '-i', '--revision'];

const title = (era: string) =>
  `recorded istioctl ${era}${sharedIsThere ? '' : ' (skipped: the shared folder is not there)'}`;

/** Wide enough that no line is wrapped. */
const COLUMNS = 10_000;
const PODS = {
  modern: 'productpage-v1-6d8bc58dd7-hjw6r.default',
  old: 'productpage-v1-5cb458d74f-k7wzd.default',
};
/** The subcommands that a trace asks for. */
const ASKED = { modern: ['all'], old: ['listener', 'route', 'cluster', 'endpoint', 'bootstrap'] };
/** Flags that mesh-trace hands on. */
const HANDED_ON = /^(--context \S+|--kubeconfig \S+|--proxy-admin-port \d+)$/;
const KILLED_AFTER_S = 2;

type Settings = ReturnType<typeof standIn>;

function trace(settings: Settings, target: string, ...more: string[]) {
  const args = [target, '--to', 'reviews:8888', '--istioctl', STAND_IN, ...more];
  return runCli(args, { env: settings.env as Record<string, string>, columns: COLUMNS });
}

/** The flags behind the target of a recorded call, as words; null where a trace would never make that call. */
function flagsOf({ argv }: RecordedCall): string[] | null {
  const flags = argv
    .slice(4)
    .join(' ')
    .replace(/ ?-o json ?/, ' ')
    .trim();
  if (flags === '') return [];
  return HANDED_ON.test(flags) ? flags.split(' ') : null;
}

/** What was recorded on standard error, and what log lines on standard output complain of. */
function recordedWords(era: 'modern' | 'old', { id }: RecordedCall): string[] {
  const text = readFileSync(join(SHARED[era], `${id}.txt`), 'utf8');
  const stderr = /\n--- stderr: .*\n([\s\S]*?)--- API requests/.exec(text)?.[1] ?? '';
  return stderr
    .trim()
    .split('\n')
    .filter(line => line !== '')
    .map(line => line.slice(0, 300));
}

/** Failures that a trace tells otherwise than the single call: refused before it runs, or told better with the list of proxies. */
const TOLD_OTHERWISE: Record<string, { code: number; short: RegExp }> = {
  'fail-empty-name': { code: 2, short: /^"" is not a Kubernetes name: give pod\.namespace/ },
  'fail-name-dot': { code: 2, short: /^"productpage-v1-6d8bc58dd7-hjw6r\." is not a Kubernetes name/ },
  'fail-admin-port-range': { code: 2, short: /^option '--proxy-admin-port <port>' argument '70000' is invalid/ },
  'fail-no-sidecar': { code: 3, short: /^The pod legacy-ui-\S+ in namespace default has no sidecar that answers/ },
  'fail-portforward-404': { code: 3, short: /^There is no pod \S+ in namespace default, though istiod lists it/ },
  'fail-exec-404': { code: 3, short: /^There is no pod \S+ in namespace default, though istiod lists it/ },
  'fail-kubeconfig-flag-missing': { code: 3, short: /^The kubeconfig \/nonexistent\/config does not exist/ },
};

describe.each(['modern', 'old'] as const)('%s', era => {
  const byId = new Map((sharedIsThere ? recordedCalls(SHARED[era]) : []).map(call => [call.id, call]));
  const cases = RECORDED_FAILURES[era].flatMap(([, short, ids]) =>
    ids.flatMap(id => {
      const call = byId.get(id);
      const [, command, section = '', target = '-'] = call?.argv ?? [];
      const isAsked = command === 'proxy-config' && ASKED[era].includes(section) && !target.startsWith('-');
      const flags = call === undefined || !isAsked ? null : flagsOf(call);
      return call === undefined || flags === null ? [] : [{ id, call, section, target, flags, short }];
    }),
  );

  describe.skipIf(!sharedIsThere)(title(era), () => {
    it('gives enough failures that a trace meets', () => {
      expect(cases.length).toBeGreaterThan(era === 'modern' ? 40 : 35);
    });

    it.concurrent.each(cases)('$id is told', async ({ id, call, section, target, flags, short }) => {
      // A name that is refused for the routes is refused for all sections.
      const settings = standIn(SHARED[era], { replay: section === 'route' ? id : `${section}=${id}` });
      const timeout = call.killed_after ? ['--timeout', String(KILLED_AFTER_S)] : [];
      const { code, stdout, stderr } = await trace(settings, target, ...flags, ...timeout);
      const other = TOLD_OTHERWISE[id];
      const [first = '', ...rest] = stderr.trimEnd().split('\n');
      expect(stdout).toBe('');
      expect(code).toBe(other?.code ?? 3);
      if (other === undefined) expect(first).toBe(`mesh-trace: ${short.replace(/[^.!?]$/, '$&.')}`);
      else expect(first.slice('mesh-trace: '.length)).toMatch(other.short);
      if (other?.code === 2) return;
      const byHand = rest.indexOf('  Try it by hand:');
      expect(rest[byHand + 1]).toMatch(/^ {4}\S*stand-in\.cjs proxy-config \S+ /);
      if (other === undefined) for (const words of recordedWords(era, call)) expect(stderr).toContain(words);
      expect(rest.every(line => line.startsWith('  '))).toBe(true);
    });

    const listings = RECORDED_FAILURES[era].flatMap(([kind, short, ids]) =>
      ids.flatMap(id => {
        const call = byId.get(id);
        const [, command, first = '--timeout', value = ''] = call?.argv ?? [];
        const isListing = command === 'proxy-status' && OF_LISTING.test(first) && kind !== 'unsupported-flag';
        const flags = HANDED_ON_BY_STATUS.includes(first) ? [first, value] : [];
        return call === undefined || !isListing ? [] : [{ id, call, flags, short }];
      }),
    );

    it('gives enough failures that a listing of proxies meets', () => {
      expect(listings.length).toBeGreaterThan(era === 'modern' ? 12 : 6);
    });

    it.concurrent.each(listings)('$id is told by status', async ({ id, call, flags, short }) => {
      const { env } = standIn(SHARED[era], { replay: id });
      const timeout = call.killed_after ? ['--timeout', String(KILLED_AFTER_S)] : [];
      const { code, stdout, stderr } = await runCli(['status', '--istioctl', STAND_IN, ...flags, ...timeout], {
        env: env as Record<string, string>,
        columns: COLUMNS,
      });
      expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
      const [first = '', ...rest] = stderr.trimEnd().split('\n');
      expect(first).toBe(`mesh-trace: ${short.replace(/[^.!?]$/, '$&.')}`);
      const byHand = rest.indexOf('  Try it by hand:');
      expect(rest[byHand + 1]).toMatch(/^ {4}\S*stand-in\.cjs proxy-status/);
      for (const words of recordedWords(era, call)) expect(stderr).toContain(words);
      expect(rest.every(line => line.startsWith('  '))).toBe(true);
    });

    it('gives a trace, with the same answer in every form', async () => {
      const { code, stdout, stderr } = await trace(standIn(SHARED[era]), PODS[era], '-o', 'json');
      expect(stderr).toBe('');
      expect(JSON.parse(stdout)).toMatchObject({ proxy: PODS[era], outcome: expect.stringMatching(/forwarded|mixed/) });
      expect(code).toBe(0);
    });
  });
});

describe.skipIf(!sharedIsThere)(title('1.30, beyond failures'), () => {
  it('a failure of the health of endpoints is a warning', async () => {
    const settings = standIn(SHARED.modern, { replay: 'endpoint=fail-admin-garbage-endpoint' });
    const { code, stdout, stderr } = await trace(settings, PODS.modern, '-o', 'json');
    expect(stderr).toMatch(/^mesh-trace: productpage-\S+: the health of its endpoints is not known: .*\n$/);
    expect(JSON.parse(stdout)).toMatchObject({ outcome: 'forwarded' });
    expect(code).toBe(0);
    expect((await trace(settings, PODS.modern, '-q')).stderr).toBe('');
  });

  it('near names are told for a pod that is not there', async () => {
    const settings = standIn(SHARED.modern, { replay: 'fail-svc-name-as-pod' });
    const { stderr } = await trace(settings, 'productpage.default');
    expect(stderr).toContain(`\n  Near names:\n    ${PODS.modern}\n`);
  });
});

describe('hand-written recordings', () => {
  it.each([
    ['cut', /^mesh-trace: istioctl's answer ends in the middle, after 70 bytes/],
    ['empty', /^mesh-trace: istioctl gave an empty answer/],
    [
      'html',
      /not JSON[^\n]*\n {2}Try it by hand:\n {4}\S+ proxy-config all web-1\.shop -o json\n {2}istioctl said:\n {4}<html>/,
    ],
    ['forbidden', /^mesh-trace: User "jane" may not create pods\/portforward in namespace shop: /],
    ['unauthorized', /401 Unauthorized\): log in again\.\n/],
    ['context', /^mesh-trace: The kubeconfig has no context "nope": /],
    ['no-kubeconfig', /^mesh-trace: No kubeconfig was found/],
    ['down', /^mesh-trace: The API server at 10\.9\.9\.9:6443 cannot be reached \(connection refused\)/],
    ['silent', /^mesh-trace: istioctl failed with exit code 1\.\n/],
  ])('%s is told, with exit code 3', async (replay, said) => {
    const { code, stdout, stderr } = await trace(standIn(OWN.modern, { replay }), 'web-1.shop');
    expect(stdout).toBe('');
    expect(stderr).toMatch(said);
    expect(code).toBe(3);
  });

  it('an istioctl that is not there is told', async () => {
    const { code, stderr } = await runCli(['web-1.shop', '--to', 'a:80', '--istioctl', '/nowhere/istioctl']);
    expect(stderr).toMatch(/^mesh-trace: There is no \/nowhere\/istioctl: install it, or name it with\s+--istioctl/);
    expect(code).toBe(3);
  });

  it.each([['--all.ns'], ['-rf'], ['a b.ns'], ['a;b.ns'], ['Web.ns']])(
    'the name %s is refused before anything runs',
    async name => {
      const settings = standIn(OWN.modern);
      const args = ['--to', 'a:80', '--istioctl', STAND_IN, '--', name];
      const { code, stderr } = await runCli(args, { env: settings.env as Record<string, string> });
      expect(stderr).toContain('is not a Kubernetes name');
      expect(code).toBe(2);
      expect(settings.calls()).toEqual([]);
    },
  );

  it('a ztunnel is told from an Envoy', async () => {
    const { code, stderr } = await trace(standIn(OWN.modern), 'ztunnel-x2k9p.istio-system');
    expect(stderr).toMatch(
      /^mesh-trace: no proxy is called ztunnel-x2k9p[^\n]*\n {2}A ztunnel is no Envoy: name a waypoint/,
    );
    expect(code).toBe(2);
  });

  it('without a pod and without -f there is nothing to ask', async () => {
    const { code, stderr } = await runCli(['--to', 'a:80']);
    expect(stderr).toMatch(/^mesh-trace: nothing says whose configuration to read\.\n {2}Name a pod/);
    expect(code).toBe(2);
  });
});

describe('the mesh of snapshots/bookinfo-1.30, asked live', () => {
  const { folder, proxies } = recordingsOf('bookinfo-1.30');
  const [gateway = '', productpage = ''] = ['istio-ingress', 'productpage'].map(
    begin => proxies.find(name => name.startsWith(begin)) ?? '',
  );

  it('gives the same as from the files, but for the source', async () => {
    const live = await trace(standIn(folder), productpage, '-o', 'json');
    const saved = await runCli([
      productpage,
      '--to',
      'reviews:8888',
      '-f',
      `snapshots/bookinfo-1.30/${productpage.split('.')[0]}`,
      '-o',
      'json',
    ]);
    const plain = (text: string) => JSON.parse(text, (key, value) => (key === 'document' ? undefined : value));
    expect(live.stderr).toBe('');
    expect(plain(live.stdout)).toEqual(plain(saved.stdout));
    expect(live.code).toBe(saved.code);
  });

  it('takes several proxies from a file of requests, few at a time', async () => {
    const requests = proxies.map(proxy => JSON.stringify({ proxy, to: 'reviews:8888' })).join('\n');
    const settings = standIn(folder, { delayMs: 100 });
    const { code, stdout, stderr } = await runCli(['--requests', '-', '-o', 'jsonl', '--istioctl', STAND_IN], {
      stdin: requests,
      env: settings.env as Record<string, string>,
    });
    expect(stderr).toBe('');
    expect(
      stdout
        .trim()
        .split('\n')
        .map(line => JSON.parse(line).proxy),
    ).toEqual(proxies);
    expect([0, 1]).toContain(code);
    expect(settings.calls()).toHaveLength(1 + 2 * proxies.length);
  });

  it('stops at the first proxy that cannot be had, and says which call failed', async () => {
    const requests = [productpage, 'nope-1.default', gateway]
      .map(proxy => JSON.stringify({ proxy, to: 'reviews:8888' }))
      .join('\n');
    const { code, stdout, stderr } = await runCli(['--requests', '-', '--istioctl', STAND_IN], {
      stdin: requests,
      env: standIn(folder).env as Record<string, string>,
    });
    expect(stdout).toBe('');
    expect(stderr).toContain('proxy-config all nope-1.default -o json');
    expect(code).toBe(3);
  });

  it('prints the commands of --dry-run and runs none', async () => {
    const settings = standIn(folder);
    const { code, stdout, stderr } = await trace(settings, productpage, '--dry-run', '-n', 'default');
    expect(stderr).toBe('');
    expect(stdout.split('\n').map(line => line.replace(`${STAND_IN} `, ''))).toEqual([
      'version --remote=false -o json',
      `proxy-config all ${productpage} -o json -n default  # istioctl 1.10 or later`,
      `proxy-config endpoint ${productpage} -o json -n default  # istioctl 1.10 or later`,
      ...['listener', 'route', 'cluster', 'endpoint', 'bootstrap'].map(
        section => `proxy-config ${section} ${productpage} -o json -n default  # istioctl before 1.10`,
      ),
      'proxy-status -o json  # where a pod is not found or does not answer',
      '',
    ]);
    expect(code).toBe(0);
    expect(settings.calls()).toEqual([]);
  });
});
