import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
  fetchProxy,
  fetchProxyStatus,
  IstioctlError,
  type IstioctlOptions,
} from '../../../src/source/istioctl/index.js';
import { OWN, STAND_IN, standIn } from './stand-in.js';

const FETCH_ALL = `${STAND_IN} proxy-config all web-1.shop -o json`;

async function failure(options: IstioctlOptions, target = 'web-1.shop'): Promise<IstioctlError> {
  const error = await fetchProxy(target, options).then(
    () => new Error('it did not fail'),
    error => error,
  );
  expect(error).toBeInstanceOf(IstioctlError);
  return error;
}

describe('a failure', () => {
  it.each([
    ['cut', 'cut-off', /^istioctl's answer ends in the middle, after 70 bytes/, /^$/],
    ['empty', 'cut-off', /^istioctl gave an empty answer/, /^$/],
    ['html', 'other', /not JSON/, /^<html>upstream connect error<\/html>$/],
    ['forbidden', 'forbidden', /^User "jane" may not create pods\/portforward in namespace shop: /, /is forbidden/],
    ['unauthorized', 'forbidden', /^The API server does not accept your credentials/, /Unauthorized/],
    ['context', 'unknown-context', /^The kubeconfig has no context "nope": /, /^Error: failed to setup client/],
    ['no-kubeconfig', 'no-kubeconfig', /^No kubeconfig was found/, /localhost:8080/],
    ['down', 'api-down', /^The API server at 10\.9\.9\.9:6443 cannot be reached \(connection refused\)/, /dial tcp/],
    [
      'skew-field',
      'other',
      /^This istioctl cannot read what that Envoy runs \(unknown field "enable_def[^"]*"\): /,
      /2577/,
    ],
    [
      'skew-message',
      'other',
      /^This istioctl cannot read .* \(unknown message type "[^"]*ScopedRoutes[^"]*"\): /,
      /unm/,
    ],
    [
      'skew-any',
      'other',
      /^This istioctl cannot read .*EcdsConfigDump\): it is older than the mesh, .*--istioctl/,
      /Any/,
    ],
    ['skew-resolve', 'other', /^This istioctl cannot read .* \(unable to resolve "\S+New"\): /, /not found/],
    [
      'no-istiod',
      'other',
      /^No running istiod was found: pass its namespace with -i and its --revision\.$/,
      /instances/,
    ],
    ['unknown', 'other', /^istioctl failed: something new$/, /^Error: something new$/],
    ['silent', 'other', /^istioctl failed with exit code 1\.$/, /^$/],
  ])('%s is told as %s', async (replay, kind, short, said) => {
    const error = await failure(standIn(OWN.modern, { replay }));
    expect(error).toMatchObject({ kind, short: expect.stringMatching(short), said: expect.stringMatching(said) });
    expect(error.command).toBe(FETCH_ALL);
    expect(error.message).toBe(error.short);
  });

  it('whose flag this istioctl lacks is tried section by section, and told with that command', async () => {
    const error = await failure({ ...standIn(OWN.modern, { replay: 'flag' }), as: 'jane' });
    expect(error).toMatchObject({ kind: 'unsupported-flag', short: expect.stringContaining('no flag --as') });
    expect(error.command).toBe(`${STAND_IN} proxy-config listener web-1.shop -o json --as jane`);
  });

  it('keeps secrets and terminal control to itself', async () => {
    const { said } = await failure(standIn(OWN.modern, { replay: 'secret' }));
    expect(said).toBe('Error: get token: Authorization: Bearer *** for https://***@idp.example/?token=*** *** red');
  });

  it('takes its cause from the log lines on standard output', async () => {
    const { said } = await failure(standIn(OWN.modern, { replay: 'refused,status-forbidden' }));
    expect(said.split('\n')).toEqual([
      expect.stringMatching(/^Error: failed to execute command on web-1\.shop sidecar: .*: EOF$/),
      expect.stringMatching(/^klog\tan error occurred forwarding 40000 -> 15000: .*connection refused/),
      'port forward failed: lost connection to pod',
    ]);
  });
});

describe('with the list of proxies', () => {
  it('a pod that is not there gets near names', async () => {
    const error = await failure(standIn(OWN.old, { replay: 'pod-missing' }));
    expect(error).toMatchObject({ kind: 'pod-not-found', near: ['web-2.shop', 'web-gateway-5f.edge'] });
  });

  it('a pod that istiod lists all the same has ended, or is in another cluster', async () => {
    const error = await failure(standIn(OWN.modern, { replay: 'pod-missing' }));
    expect(error).toMatchObject({ kind: 'pod-not-found', near: [] });
    expect(error.short).toMatch(/^There is no pod web-1 in namespace shop, though istiod lists it: .* --context/);
  });

  it('a namespace before the pod is no kind, and gets near names', async () => {
    const error = await failure(standIn(OWN.modern, { replay: 'kind' }), 'shop/web-1');
    expect(error).toMatchObject({ kind: 'pod-not-found', near: ['web-1.shop', 'web-gateway-5f.edge'] });
    expect(error.short).toBe('This cluster has no kind "shop": give pod.namespace, or deploy/name.namespace.');
  });

  it('is asked for once, however many pods are not there', async () => {
    const options = standIn(OWN.modern, { replay: 'pod-missing' });
    const missing = ['web-1.shop', 'web-2.shop', 'web-3.shop'].map(target => failure(options, target));
    expect((await Promise.all(missing))[1]?.near).toEqual(['web-1.shop', 'web-gateway-5f.edge']);
    expect(options.calls().filter(({ argv }) => argv[0] === 'proxy-status')).toHaveLength(1);
  });

  it('a pod without sidecar may be one of ambient mode, where there is a ztunnel', async () => {
    const options = standIn(OWN.modern, { replay: 'refused,status-ambient' });
    const error = await failure(options, 'cron-1.shop');
    expect(error.short).toMatch(/check that it is injected\. In ambient mode a pod has none: name its waypoint\.$/);
  });

  it('a flag that is unknown has nothing to do with the name of a workload', async () => {
    const error = await failure(standIn(OWN.modern, { replay: 'flag' }), 'deploy/web.shop');
    expect(error).toMatchObject({ kind: 'unsupported-flag', near: [] });
  });

  it('a deployment that 1.1 cannot ask for gets near names', async () => {
    const error = await failure(standIn(OWN.old, { replay: 'deploy' }), 'deploy/web.shop');
    expect(error).toMatchObject({ kind: 'unsupported-flag', near: ['web-2.shop', 'web-gateway-5f.edge'] });
  });

  it('a refused connection into a pod that istiod knows is a refused connection', async () => {
    const error = await failure(standIn(OWN.modern, { replay: 'refused' }));
    expect(error).toMatchObject({ kind: 'refused', short: expect.stringContaining('port 15000') });
  });

  it('a refused connection into a pod that istiod does not know is a missing sidecar', async () => {
    const error = await failure(standIn(OWN.modern, { replay: 'refused' }), 'cron-1.shop');
    expect(error).toMatchObject({ kind: 'no-sidecar', short: expect.stringContaining('pod cron-1 in namespace shop') });
  });

  it.each(['status-forbidden', 'status-hang'])('that cannot be had (%s) the failure stands as it is', async status => {
    const missing = { ...standIn(OWN.modern, { replay: `pod-missing,${status}` }), timeoutMs: 3000 };
    expect(await failure(missing)).toMatchObject({ kind: 'pod-not-found', near: [] });
    const refused = { ...standIn(OWN.modern, { replay: `refused,${status}` }), timeoutMs: 3000 };
    expect(await failure(refused, 'cron-1.shop')).toMatchObject({ kind: 'refused' });
  });
});

describe('the executable', () => {
  const { env } = standIn(OWN.modern);
  const folder = mkdtempSync(join(tmpdir(), 'bin-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const PATH = `${folder}:${dirname(process.execPath)}:/usr/bin:/bin`;

  it('is found on the PATH of the environment that was given', async () => {
    mkdirSync(join(folder, 'with'));
    symlinkSync(STAND_IN, join(folder, 'with', 'istioctl'));
    const [dump] = await fetchProxy('web-1.shop', { env: { ...env, PATH: `${folder}/with:${PATH}` } });
    expect(dump?.command[0]).toBe('istioctl');
  });

  it('is found by ISTIOCTL, unless it is given', async () => {
    const missing = { ...env, ISTIOCTL: '/nowhere/istioctl' };
    expect((await failure({ env: missing })).short).toMatch(/^There is no \/nowhere\/istioctl: install it/);
    await expect(fetchProxy('web-1.shop', { env: missing, istioctl: STAND_IN })).resolves.toHaveLength(2);
    await expect(fetchProxy('web-1.shop', { env: { ...env, ISTIOCTL: STAND_IN } })).resolves.toHaveLength(2);
  });

  it('that is missing is named, with the first command to try', async () => {
    expect(await failure({ env: { ...env, PATH } })).toMatchObject({
      kind: 'not-found',
      short: 'There is no istioctl on the PATH: install it, or name it with --istioctl or ISTIOCTL.',
      command: 'istioctl version --remote=false -o json',
    });
  });

  it('that was given options is told where they belong', async () => {
    const error = await failure({ env: { ...env, PATH, ISTIOCTL: 'istioctl --context east' } });
    expect(error.short).toMatch(
      /^There is no "istioctl --context east": it is taken for the path of a file, so give options such as --context to mesh-trace itself\.$/,
    );
  });

  it('that cannot run is named', async () => {
    const file = join(folder, 'not-executable');
    writeFileSync(file, 'text');
    const error = await failure({ env, istioctl: file });
    expect(error).toMatchObject({ kind: 'not-found', short: expect.stringContaining('could not be started (EACCES)') });
  });
});

describe('a kubeconfig that does not exist', () => {
  it.each([['modern'], ['old']] as const)('is refused before anything runs (%s)', async era => {
    const options = { ...standIn(OWN[era]), kubeconfig: '/nowhere/config' };
    const error = await failure(options);
    expect(error).toMatchObject({ kind: 'no-kubeconfig', short: expect.stringContaining('/nowhere/config') });
    expect(error.command).toBe(`${FETCH_ALL} --kubeconfig /nowhere/config`);
    await expect(fetchProxyStatus(null, options)).rejects.toMatchObject({ kind: 'no-kubeconfig' });
    expect(options.calls()).toEqual([]);
  });
});
