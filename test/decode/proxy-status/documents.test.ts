import { describe, expect, it } from 'vitest';
import { isProxyStatus, parseProxyStatus } from '../../../src/decode/proxy-status/parse.js';
import { mergeProxyStatuses } from '../../../src/decode/proxy-status/status.js';
import { fixture, fixtureNames, rows, states } from './fixtures.js';

const JSON_TEXT = fixture('istio-1.30/list.json.txt');
const YAML_TEXT = fixture('istio-1.30/list.yaml.txt');
const TODAY = states(parseProxyStatus(fixture('istio-1.30/list.v1.txt')));

describe('the listing of 1.30 in every layout', () => {
  it.each([
    ['list.json.txt', 'json'],
    ['list.yaml.txt', 'yaml'],
    ['syncz.json', 'syncz'],
  ])('%s has the states of the table', (file, layout) => {
    const text = fixture(`istio-1.30/${file}`);

    expect(isProxyStatus(text)).toBe(true);
    const status = parseProxyStatus(text);
    expect(status.layout).toBe(layout);
    expect(states(status)).toEqual(TODAY);
    expect(status.unread).toEqual([]);
  });

  it('JSON and YAML are equal, and tell the version of istiod', () => {
    const status = parseProxyStatus(JSON_TEXT);
    expect(parseProxyStatus(YAML_TEXT).proxies).toEqual(status.proxies);
    expect(new Set(status.proxies.map(({ istiodVersion }) => istiodVersion))).toEqual(new Set(['1.30.3']));
    expect(status.proxies[0]?.types.CDS?.detail).toBe('sent 2026-11-23T13:34:15Z');
  });

  it('syncz tells the kind of each proxy', () => {
    const { proxies } = parseProxyStatus(fixture('istio-1.30/syncz.json'));
    expect(proxies.map(({ kind }) => kind)).toEqual(['sidecar', 'router', ...Array(5).fill('sidecar')]);
  });
});

describe('Pilot’s syncz of 1.1', () => {
  it.each(fixtureNames('istio-1.1'))('%s has the rows of the table', folder => {
    const parts = fixtureNames(`istio-1.1/${folder}`).filter(name => name.startsWith('syncz.'));
    const [first, ...others] = parts.map(name =>
      parseProxyStatus(fixture(`istio-1.1/${folder}/${name}`), { istiod: name.slice(6, -5) }),
    );
    if (first === undefined) throw new Error(`${folder} has no syncz`);
    const table = rows(parseProxyStatus(fixture(`istio-1.1/${folder}/stdout.txt`)));

    // istioctl 1.1 writes Never Acknowledged for every open update, and 0% where Pilot counts no clusters.
    const comparable = (row: string) =>
      row.replaceAll(/\/Never Acknowledged(, )?/g, '/').replaceAll(/\/(0%)?(?= )/g, '');
    expect(rows(mergeProxyStatuses(first, ...others)).map(comparable)).toEqual(table.map(comparable));
  });
});

describe('JSON', () => {
  it('in several documents, one an istiod, is one listing', () => {
    const other = JSON_TEXT.replaceAll('"Kubernetes"', '"west"').replace('\\"ID\\":\\"\\"', '\\"ID\\":\\"istiod-b\\"');
    const status = parseProxyStatus(`${JSON_TEXT}\n2026-11-23T13:46:32Z\tinfo\tklog\tbetween\n${other}`);

    expect(status.proxies).toHaveLength(14);
    expect(status.proxies.slice(0, 2).map(({ cluster, istiod }) => [cluster, istiod])).toEqual([
      ['Kubernetes', null],
      ['west', 'istiod-b'],
    ]);
  });

  it('says why Envoy rejected an update', () => {
    const rejected = JSON_TEXT.replace(
      '"configStatus": "SYNCED"',
      '"configStatus": "ERROR", "errorState": {"details": "duplicate listener"}',
    );
    const gateway = parseProxyStatus(rejected).proxies.find(({ name }) => name.startsWith('istio-ingressgateway'));
    expect(gateway?.types.CDS).toMatchObject({ state: 'ERROR', error: 'duplicate listener' });
  });

  it.each([
    ['a syncz entry with an error', { sent: 'b', acked: 'a', lastError: 'no such cluster' }, 'ERROR'],
    ['a syncz entry never acknowledged', { sent: 'b' }, 'STALE'],
    ['a syncz entry with an older nonce', { sent: 'b', acked: 'a' }, 'STALE'],
    ['a syncz entry with nothing sent', { sentTime: '0001-01-01T00:00:00Z' }, 'NOT SENT'],
  ])('%s is %s', (_, resource, state) => {
    const resources = { 'type.googleapis.com/envoy.config.cluster.v3.Cluster': resource };
    const { proxies } = parseProxyStatus(JSON.stringify([{ proxy: 'a.b', resources }]));
    expect(proxies[0]?.types.CDS?.state).toBe(state);
  });

  it('of istiod before 1.17 names the types by fields', () => {
    const resource = {
      '@type': 'type.googleapis.com/envoy.service.status.v3.ClientConfig',
      node: { id: 'sidecar~10.1.2.3~cart.shop~shop.svc.cluster.local' },
      xdsConfig: [
        { status: 'SYNCED', listenerConfig: {} },
        { status: 'NOT_SENT', routeConfig: {} },
        { status: 'STALE', endpointConfig: {} },
        { status: 'SYNCED', clusterConfig: {} },
      ],
    };
    expect(rows(parseProxyStatus(JSON.stringify({ resources: [resource] })))).toEqual([
      'cart.shop | CDS=SYNCED LDS=SYNCED EDS=STALE RDS=NOT SENT | - | -',
    ]);
  });

  it('that is cut off in the second document keeps the first', () => {
    const status = parseProxyStatus(`${JSON_TEXT}${JSON_TEXT.slice(0, 5000)}`);
    expect(status.proxies).toHaveLength(7);
    expect(status.unread).toEqual([{ line: 252, text: expect.stringContaining('not whole') }]);
  });

  it('of an istiod without proxies is a listing of none', () => {
    expect(parseProxyStatus('[]').proxies).toEqual([]);
    expect(parseProxyStatus('{"typeUrl": "istio.io/debug/syncz"}').proxies).toEqual([]);
    expect(parseProxyStatus('{"resources": null}').proxies).toEqual([]);
  });
});

describe('merging', () => {
  const listing = (istiod: string, names: string[]) =>
    parseProxyStatus(JSON.stringify(names.map(proxy => ({ proxy, cluster_sent: 'a' }))), { istiod });

  it('joins what several istiods list', () => {
    const { proxies } = mergeProxyStatuses(listing('b', ['x.y']), listing('a', ['x.y', 'a.y']));
    expect(proxies.map(({ name, istiod }) => `${name} ${istiod}`)).toEqual(['a.y a', 'x.y a', 'x.y b']);
  });

  it('leaves out what a second listing of the same istiod repeats', () => {
    const { proxies } = mergeProxyStatuses(listing('a', ['x.y', 'x.y']), listing('a', ['x.y', 'z.y']));
    expect(proxies.map(({ name }) => name)).toEqual(['x.y', 'x.y', 'z.y']);
  });
});

describe('YAML', () => {
  it.each([
    ['with a separator', '---\n'],
    ['without one', ''],
  ])('documents %s are one listing', (_, separator) => {
    const text = `2026-11-23T13:46:32Z\tinfo\tklog\tbefore\n${YAML_TEXT}${separator}${YAML_TEXT}`;
    expect(parseProxyStatus(text).proxies).toHaveLength(14);
  });

  it('that is broken says so with its line', () => {
    expect(() => parseProxyStatus(`# a note\nresources: [\n${YAML_TEXT}`)).toThrow(
      /^line 2: the text is YAML that is not whole/,
    );
  });
});
