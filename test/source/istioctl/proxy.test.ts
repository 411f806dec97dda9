import { describe, expect, it } from 'vitest';
import { fetchProxy, type Progress } from '../../../src/source/istioctl/index.js';
import { OWN, STAND_IN, standIn } from './stand-in.js';

const VERSION = ['version', '--remote=false', '-o', 'json'];
const asked = (...kinds: string[]) => kinds.map(kind => ['proxy-config', kind, 'web-1.shop', '-o', 'json']);
const OLD = ['listener', 'route', 'cluster', 'endpoint', 'bootstrap'];

/** What was run, the version first and the parallel calls in a stable order. */
function commands(options: ReturnType<typeof standIn>): string[] {
  const lines = options.calls().map(({ argv }) => argv.join(' '));
  return lines.sort((a, b) => Number(b.startsWith('version')) - Number(a.startsWith('version')) || a.localeCompare(b));
}
const expected = (...calls: string[][]) => calls.map(call => call.join(' '));

describe('the calls', () => {
  it('of a version with `all` are the dump and the health of the endpoints', async () => {
    const options = standIn(OWN.modern);
    const documents = await fetchProxy('web-1.shop', options);
    expect(commands(options)).toEqual(expected(VERSION, ...asked('all', 'endpoint')));
    expect(documents.map(({ name }) => name)).toEqual([
      'istioctl proxy-config all web-1.shop -o json',
      'istioctl proxy-config endpoint web-1.shop -o json',
    ]);
    expect(documents[0]?.command).toEqual([STAND_IN, 'proxy-config', 'all', 'web-1.shop', '-o', 'json']);
    expect(JSON.parse(documents[0]?.bytes.toString() ?? '')).toHaveProperty('configs');
  });

  it('of 1.1 are the sections, in their order', async () => {
    const options = standIn(OWN.old);
    const documents = await fetchProxy('web-1.shop', options);
    expect(commands(options)).toEqual(expected(VERSION, ...asked(...OLD.toSorted())));
    expect(documents.map(({ name }) => name.split(' ')[2])).toEqual(OLD);
  });

  it.each([['version-unknown'], ['version-flag']])('of a version that tells nothing (%s) try `all`', async replay => {
    const options = standIn(OWN.modern, { replay });
    await fetchProxy('web-1.shop', options);
    expect(commands(options)).toEqual(expected(VERSION, ...asked('all', 'endpoint')));
  });

  it('of a version that tells nothing go on with the sections when `all` prints help', async () => {
    const options = standIn(OWN.old, { replay: 'version-unknown' });
    const documents = await fetchProxy('web-1.shop', options);
    expect(documents.map(({ name }) => name.split(' ')[2])).toEqual(OLD);
  });

  it('ask the version once, however many proxies are fetched', async () => {
    const options = standIn(OWN.modern);
    await Promise.all([fetchProxy('web-1.shop', options), fetchProxy('deploy/web.shop', options)]);
    expect(options.calls().filter(({ argv }) => argv[0] === 'version')).toHaveLength(1);
  });

  it('pass every connection option on', async () => {
    const options = {
      ...standIn(OWN.modern, { replay: 'all' }),
      namespace: 'shop',
      istioNamespace: 'mesh',
      context: 'a b; c',
      kubeconfig: STAND_IN,
      revision: 'canary',
      proxyAdminPort: 15_001,
      as: 'jane',
      asGroup: ['ops', 'dev'],
    };
    const [dump] = await fetchProxy('web-1', options);
    expect(dump?.command.slice(1)).toEqual(
      ['proxy-config', 'all', 'web-1', '-o', 'json', '--proxy-admin-port', '15001', '-n', 'shop', '-i', 'mesh'].concat([
        '--context',
        'a b; c',
        '--kubeconfig',
        STAND_IN,
        '--as',
        'jane',
        '--as-group',
        'ops',
        '--as-group',
        'dev',
      ]),
    );
    expect(dump?.name).toContain("--context 'a b; c' --as jane");
    expect(dump?.name).not.toContain(STAND_IN);
    expect(options.calls().at(-1)?.argv).toContain('a b; c');
  });

  it('hand a longer timeout on, for istioctl would stop at 15 s', async () => {
    const options = { ...standIn(OWN.modern, { replay: 'all' }), timeoutMs: 90_500 };
    const [dump] = await fetchProxy('web-1.shop', options);
    expect(dump?.command.slice(-2)).toEqual(['--kubeclient-timeout', '91s']);
  });
});

describe('the answer', () => {
  it('begins at its data where log lines stand before it', async () => {
    const [dump] = await fetchProxy('deploy/web.shop', standIn(OWN.modern));
    const [plain] = await fetchProxy('web-1.shop', standIn(OWN.modern));
    expect(dump?.bytes.equals(plain?.bytes ?? Buffer.alloc(0))).toBe(true);
  });

  it('of 1.1 begins behind the warning that the command in the sidecar printed', async () => {
    const [listeners] = await fetchProxy('web-1.shop', standIn(OWN.old, { replay: 'listener=warned' }));
    expect(JSON.parse(listeners?.bytes.toString() ?? '')).toEqual([{ name: 'listener' }]);
  });

  it('stands without the health of the endpoints, with a warning', async () => {
    const warnings: Error[] = [];
    const options = {
      ...standIn(OWN.modern, { replay: 'endpoint=forbidden' }),
      onWarning: (e: Error) => warnings.push(e),
    };
    const documents = await fetchProxy('web-1.shop', options);
    expect(documents.map(({ name }) => name)).toEqual(['istioctl proxy-config all web-1.shop -o json']);
    expect(warnings).toMatchObject([{ kind: 'forbidden' }]);
  });

  it('of a ztunnel has no endpoints to warn of', async () => {
    const warnings: Error[] = [];
    const options = { ...standIn(OWN.modern), onWarning: (e: Error) => warnings.push(e) };
    expect(await fetchProxy('ztunnel-x2k9p.istio-system', options)).toHaveLength(1);
    expect(warnings).toEqual([]);
  });

  it('gives no warning beside an error', async () => {
    const warnings: Error[] = [];
    const options = { ...standIn(OWN.modern, { replay: 'context' }), onWarning: (e: Error) => warnings.push(e) };
    await expect(fetchProxy('web-1.shop', options)).rejects.toMatchObject({ kind: 'unknown-context' });
    expect(warnings).toEqual([]);
  });
});

describe('the progress', () => {
  it('tells what is fetched and how many of how many', async () => {
    const events: Progress[] = [];
    await fetchProxy('web-1.shop', { ...standIn(OWN.old), onProgress: event => events.push(event) });
    expect(events.filter(({ done }) => done === 0).map(({ what }) => what)).toEqual(
      OLD.map(section => `${section} of web-1.shop`),
    );
    expect(events.map(({ done }) => done)).toEqual([0, 0, 0, 0, 0, 1, 2, 3, 4, 5]);
    expect(new Set(events.map(({ total }) => total))).toEqual(new Set([5]));
  });
});
