import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { OWN, STAND_IN, standIn } from '../../source/istioctl/stand-in.js';
import { runCli } from '../../support/run-cli.js';
import { recordingsOf } from '../support/recordings.js';
import { LEDGER, MESH, newPath, PRODUCTPAGE, PROXIES } from './mesh.js';
import { capture, filesBelow, listedFiles, manifestOf } from './support.js';

const FAULTED = recordingsOf('bookinfo-1.30-faulted');
const FILES = ['clusters.json', 'config_dump.json', 'proxy-status.json'];

describe('what is captured', () => {
  it('one proxy, in a folder of its own, with a manifest', async () => {
    const dir = newPath();
    const { code, stdout, stderr } = await capture(MESH, [PRODUCTPAGE, '-d', dir]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(new RegExp(`^✓ ${PRODUCTPAGE}\n  3 files, \\d+ KB\n\n1 proxy captured in `));
    expect(filesBelow(dir)).toEqual(['manifest.json', ...FILES.map(file => `${PRODUCTPAGE}/${file}`)]);
    expect([...listedFiles(dir).values()]).toEqual([true, true, true]);
    expect(manifestOf(dir)).toMatchObject({
      versions: { istioctl: '1.30.3', 'mesh-trace': expect.stringMatching(/^\d/) },
      settings: { redacted: true, istiod: false, gzip: false, pseudonymsOf: null },
      asked: [{ proxies: [PRODUCTPAGE], namespace: null, allNamespaces: false }],
      proxies: [{ name: PRODUCTPAGE, state: 'complete', capturedAt: expect.stringMatching(/Z$/), problems: [] }],
    });
    const [dump] = manifestOf(dir).proxies[0]?.files ?? [];
    expect(dump?.commands).toEqual([`istioctl proxy-config all ${PRODUCTPAGE} -o json`]);
  });

  it.each([
    ['all proxies', ['-A'], PROXIES],
    ['a namespace', ['-n', 'default'], PROXIES.filter(name => name.endsWith('.default'))],
    ['a pod of a namespace', ['-n', 'default', PRODUCTPAGE.split('.')[0] ?? ''], [PRODUCTPAGE]],
    ['two', [PRODUCTPAGE, LEDGER], [LEDGER, PRODUCTPAGE]],
    ['one that is named twice', [PRODUCTPAGE, PRODUCTPAGE], [PRODUCTPAGE]],
  ])('%s', async (_, args, names) => {
    const dir = newPath();
    expect(await capture(MESH, [...args, '-d', dir])).toMatchObject({ code: 0, stderr: '' });
    expect(manifestOf(dir).proxies.map(({ name }) => name)).toEqual(names);
  });

  it('Pilot’s side with --istiod, which diff compares with', async () => {
    const dir = newPath();
    expect(await capture(FAULTED.folder, ['-A', '--istiod', '-d', dir])).toMatchObject({ code: 0, stderr: '' });
    expect(filesBelow(dir)).toContain(`${PRODUCTPAGE}/pilot_config_dump.json`);
    const [own, original] = await Promise.all(
      [dir, 'snapshots/bookinfo-1.30-faulted'].map(path => runCli(['diff', '-f', path, '-o', 'json'])),
    );
    expect(own?.code).toBe(1);
    const differences = (text = '') => JSON.parse(text).differences;
    expect(differences(own?.stdout)).toEqual(differences(original?.stdout));
  });

  it('what each section says, where istioctl has no `all`', async () => {
    const dir = newPath();
    const { code, stderr } = await capture(OWN.old, ['web-1.shop', '--istiod', '-d', dir]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(filesBelow(dir)).toEqual(['manifest.json', 'web-1.shop/clusters.json', 'web-1.shop/config_dump.json']);
    expect(manifestOf(dir).proxies[0]?.problems).toEqual([
      expect.stringMatching(/^no istiod that was asked lists it/),
      expect.stringMatching(/^Pilot’s side was not captured/),
    ]);
  });

  it('packed files with --gzip, which are read as well', async () => {
    const [plain, packed] = [newPath(), newPath()];
    await capture(MESH, [PRODUCTPAGE, '-d', plain]);
    expect(await capture(MESH, [PRODUCTPAGE, '-d', packed, '--gzip'])).toMatchObject({ code: 0, stderr: '' });
    expect(filesBelow(packed)).toEqual(['manifest.json', ...FILES.map(file => `${PRODUCTPAGE}/${file}.gz`)]);
    expect([...listedFiles(packed).values()]).toEqual([true, true, true]);
    const answers = [plain, packed].map(dir => runCli(['--to', 'reviews:8888', '-f', dir]));
    const [one, other] = await Promise.all(answers);
    expect(one).toEqual(other);
    expect(one).toMatchObject({ code: 0, stderr: '' });
  });

  it('nothing outside of its folder, whatever the manifest there names', async () => {
    const [dir, other] = [newPath(), newPath()];
    await capture(MESH, [LEDGER, '-d', dir]);
    const unfinished = join(other, '.a.json.01234567-89ab-cdef-0123-456789abcdef.part');
    mkdirSync(other, { recursive: true });
    writeFileSync(unfinished, '');
    const manifest = JSON.parse(readFileSync(join(dir, 'manifest.json'), 'utf8'));
    manifest.proxies[0].name = relative(dir, other);
    writeFileSync(join(dir, 'manifest.json'), JSON.stringify(manifest));
    await capture(MESH, [PRODUCTPAGE, '-d', dir]);
    expect(existsSync(unfinished)).toBe(true);
  });

  it.skipIf(process.platform === 'win32')('private keys, where it keeps them, for nobody else to read', async () => {
    const dir = newPath();
    await capture(MESH, [PRODUCTPAGE, '-d', dir, '--no-redact']);
    expect(statSync(join(dir, PRODUCTPAGE, 'config_dump.json')).mode & 0o777).toBe(0o600);
  });

  it('a workload once, under the name of its pod', async () => {
    const dir = newPath();
    const { folder } = recordingsOf('bookinfo-1.30');
    const index = join(folder, 'index.json');
    const calls: { argv: string[] }[] = JSON.parse(readFileSync(index, 'utf8'));
    const asked = calls.flatMap(call =>
      call.argv.includes(PRODUCTPAGE)
        ? [{ ...call, argv: call.argv.map(word => (word === PRODUCTPAGE ? 'deploy/productpage-v1.default' : word)) }]
        : [],
    );
    writeFileSync(index, JSON.stringify([...calls, ...asked]));
    const first = await capture(folder, ['deploy/productpage-v1.default', '-d', dir]);
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(filesBelow(dir)).toEqual(['manifest.json', ...FILES.map(file => `${PRODUCTPAGE}/${file}`)]);
    expect(manifestOf(dir).proxies).toMatchObject([{ name: PRODUCTPAGE, target: 'deploy/productpage-v1.default' }]);
    const both = ['deploy/productpage-v1', '-n', 'default', PRODUCTPAGE];
    for (const args of [both, [...both, '--force']]) {
      expect(await capture(folder, [...args, '-d', dir])).toMatchObject({ code: 0, stderr: '' });
      expect(manifestOf(dir).proxies.map(({ name }) => name)).toEqual([PRODUCTPAGE]);
      expect([...listedFiles(dir).values()]).toEqual([true, true, true]);
    }
    const fresh = newPath();
    expect(await capture(folder, [...both, '-d', fresh])).toMatchObject({ code: 0, stderr: '' });
    expect(manifestOf(fresh).proxies.map(({ name, state }) => [name, state])).toEqual([[PRODUCTPAGE, 'complete']]);
  });

  it('status reads the proxies’ share of the listing', async () => {
    const dir = newPath();
    await capture(MESH, [PRODUCTPAGE, LEDGER, '-d', dir]);
    const { stdout, stderr } = await runCli(['status', '-f', dir, '-o', 'json']);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout).proxies.map(({ name }: { name: string }) => name)).toEqual([LEDGER, PRODUCTPAGE]);
  });
});

describe('a proxy that cannot be captured', () => {
  it('stops no other, is told, and is tried again by the next run', async () => {
    const dir = newPath();
    const broken = recordingsOf('bookinfo-1.30').folder;
    const index = join(broken, 'index.json');
    const whole = readFileSync(index, 'utf8');
    const calls: { id: string }[] = JSON.parse(whole);
    writeFileSync(index, JSON.stringify(calls.filter(({ id }) => !id.startsWith(`proxy-config_all_${LEDGER}`))));
    const first = await capture(broken, ['-A', '-d', dir]);
    expect(first.code).toBe(3);
    expect(first.stderr).toMatch(new RegExp(`^mesh-trace: ${LEDGER} was not captured\\. istioctl failed: `));
    expect(first.stderr).toContain(`proxy-config all ${LEDGER} -o json`);
    expect(first.stdout).toContain(`${PROXIES.length - 1} proxies captured in ${dir}, 1 failed: run it again`);
    expect(manifestOf(dir).proxies.find(({ target }) => target === LEDGER)).toMatchObject({
      state: 'failed',
      files: [],
    });
    const read = await runCli(['check', '-f', dir]);
    expect(read.stderr).toMatch(/manifest\.json: \d+ of \d+ proxies were captured; the\s+same/);
    writeFileSync(index, whole);
    const again = await capture(broken, ['-A', '-d', dir]);
    expect(again).toMatchObject({ code: 0, stderr: '' });
    expect(again.stdout).toContain(`1 proxy captured in ${dir}, ${PROXIES.length - 1} there already.`);
    expect(manifestOf(dir).proxies.map(({ state }) => state)).toEqual(PROXIES.map(() => 'complete'));
  });

  it.each([
    ['forbidden', /^mesh-trace: User "jane" may not create pods\/portforward/],
    ['no-kubeconfig', /^mesh-trace: No kubeconfig was found/],
    ['down', /^mesh-trace: The API server at 10\.9\.9\.9:6443 cannot be reached/],
    ['cut', /^mesh-trace: istioctl's answer ends in the middle/],
  ])('nothing is left behind where it is the only one (%s)', async (replay, said) => {
    const dir = newPath();
    const { code, stdout, stderr } = await capture(OWN.modern, ['web-1.shop', '-q', '-d', dir], { replay });
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(said);
    expect(existsSync(dir)).toBe(false);
  });

  it.each([[''], ['--pseudonymise']])(
    'each is told where none of several can be had, and nothing is left behind %s',
    async option => {
      const dir = newPath();
      const args = ['web-1.shop', 'web-2.shop', '-d', dir, ...(option === '' ? [] : [option])];
      const { code, stdout, stderr } = await capture(OWN.modern, args, { replay: 'forbidden' });
      expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
      expect(stderr.match(/^mesh-trace: .*/gm)).toEqual([
        expect.stringMatching(/^mesh-trace: web-1\.shop was not captured\. User "jane" may not create /),
        expect.stringMatching(/^mesh-trace: web-2\.shop was not captured\. User "jane" may not create /),
        'mesh-trace: None of 2 proxies was captured, and nothing was written. Run it again to try once more.',
      ]);
      expect([dir, `${dir}.private`].filter(path => existsSync(path))).toEqual([]);
    },
  );

  it('what is there of it stays where --force cannot have it anew', async () => {
    const dir = newPath();
    const broken = recordingsOf('bookinfo-1.30').folder;
    await capture(broken, [PRODUCTPAGE, LEDGER, '-d', dir]);
    const before = manifestOf(dir).proxies.find(({ target }) => target === LEDGER);
    const index = join(broken, 'index.json');
    const calls: { id: string }[] = JSON.parse(readFileSync(index, 'utf8'));
    writeFileSync(index, JSON.stringify(calls.filter(({ id }) => !id.startsWith(`proxy-config_all_${LEDGER}`))));
    const { code } = await capture(broken, [PRODUCTPAGE, LEDGER, '-d', dir, '--force']);
    expect(code).toBe(3);
    expect(manifestOf(dir).proxies.find(({ target }) => target === LEDGER)).toEqual(before);
    expect([...listedFiles(dir).values()].every(isWhole => isWhole)).toBe(true);
  });

  it('a listing that cannot be had is a warning where proxies are named', async () => {
    const dir = newPath();
    const { code, stderr } = await capture(OWN.modern, ['web-1.shop', '-d', dir], { replay: 'status-forbidden' });
    expect(code).toBe(0);
    expect(stderr).toMatch(/^mesh-trace: proxy-status is not captured: /);
  });

  it('a listing that cannot be had is the end where it would name them', async () => {
    const dir = newPath();
    const { code } = await capture(OWN.modern, ['-A', '-d', dir], { replay: 'status-forbidden' });
    expect(code).toBe(3);
    expect(existsSync(dir)).toBe(false);
  });
});

describe('the command line', () => {
  it.each([
    ['nothing to capture', [], /nothing says whose configuration to capture\./],
    ['all and one', ['-A', 'web-1.shop'], /-A captures all proxies, and others are named beside it\./],
    ['all and a namespace', ['-A', '-n', 'shop'], /-A captures all proxies/],
    ['a contradiction', ['-A', '--pseudonymise', '--no-redact'], /--pseudonymise and --no-redact contradict/],
    ['a folder without a name', ['-A', '--pseudonymise', '-d', '.'], /\. has no name that the private folder/],
    ['a name that could become an option', ['--', '--as=root'], /"--as=root" is not a Kubernetes name/],
    ['a name that leaves the folder', ['../../etc/passwd'], /is not a Kubernetes name/],
  ])('refuses %s', async (_, args, said) => {
    const dir = newPath();
    const settings = standIn(OWN.modern);
    const all = ['capture', '--istioctl', STAND_IN, '-d', dir, ...args];
    const { code, stderr } = await runCli(all, { env: settings.env as Record<string, string> });
    expect(code).toBe(2);
    expect(stderr).toMatch(said);
    expect(existsSync(dir)).toBe(false);
  });

  it('needs a folder', async () => {
    const { code, stderr } = await runCli(['capture', '-A']);
    expect(code).toBe(2);
    expect(stderr).toContain("required option '-d, --dir <folder>' not specified");
  });

  it('prints the commands of --dry-run, runs none and writes nothing', async () => {
    const dir = newPath();
    const settings = standIn(OWN.modern);
    const args = ['capture', '--istioctl', STAND_IN, '-A', '--istiod', '-d', dir, '--dry-run', '--context', 'east'];
    const { code, stdout } = await runCli(args, { env: settings.env as Record<string, string> });
    expect(code).toBe(0);
    expect(stdout.replaceAll(`${STAND_IN} `, '').split('\n').slice(0, 6)).toEqual([
      'version --remote=false -o json',
      'proxy-status -o json --context east  # istioctl 1.20 or later',
      'proxy-status -v 1 --context east  # where that has no JSON',
      'proxy-status --context east  # istioctl before 1.20, or without either',
      'proxy-config all pod.namespace -o json --context east  # for each proxy that is listed, istioctl 1.10 or later',
      'proxy-config endpoint pod.namespace -o json --context east  # for each proxy that is listed, istioctl 1.10 or later',
    ]);
    expect(settings.calls()).toEqual([]);
    expect(existsSync(dir)).toBe(false);
  });

  it('says that a folder cannot be made', async () => {
    const file = join(newPath(), 'file');
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, '');
    const { code, stderr } = await capture(MESH, [PRODUCTPAGE, '-d', join(file, 'below')]);
    expect(code).toBe(3);
    expect(stderr).toMatch(/a part of the path is not a directory/);
  });
});
