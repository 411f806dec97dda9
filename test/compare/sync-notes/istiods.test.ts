import { describe, expect, it } from 'vitest';
import { explainStatus } from '../../../src/compare/sync-state.js';
import { parseProxyStatus } from '../../../src/decode/proxy-status/parse.js';
import { mergeProxyStatuses } from '../../../src/decode/proxy-status/status.js';

/** JSON of one istiod with proxies by version. */
function listing(istiod: string, istiodVersion: string, versions: Record<string, string>, state = 'SYNCED'): string {
  const types = [
    'cluster.v3.Cluster',
    'listener.v3.Listener',
    'endpoint.v3.ClusterLoadAssignment',
    'route.v3.RouteConfiguration',
  ];
  const genericXdsConfigs = types.map(type => ({
    typeUrl: `type.googleapis.com/envoy.config.${type}`,
    configStatus: state,
  }));
  const resources = Object.entries(versions).map(([id, version]) => ({
    '@type': 'type.googleapis.com/envoy.service.status.v3.ClientConfig',
    node: { id, metadata: { CLUSTER_ID: 'east', ISTIO_VERSION: version } },
    genericXdsConfigs,
  }));
  const identifier = JSON.stringify({ Component: 'istiod', ID: istiod, Info: { version: istiodVersion } });
  return JSON.stringify({ resources, controlPlane: { identifier } });
}

describe('versions', () => {
  it.each<[string, string, string | undefined, RegExp]>([
    ['1.26.1', '1.26.4', undefined, /./],
    ['1.25.0', '1.26.4', 'info', /one minor version behind/],
    ['1.24.0-distroless', '1.26.4', 'warning', /2 minor versions behind/],
    ['1.27.0', '1.26.4', 'warning', /newer than its istiod/],
    ['master-2024-06-02T19-03-25', '1.26.4', undefined, /./],
  ])('a proxy of %s under istiod %s', (version, istiod, severity, text) => {
    const [note] =
      explainStatus(parseProxyStatus(listing('istiod-a', istiod, { 'a.b': version }))).proxies[0]?.notes ?? [];
    expect(note?.severity).toBe(severity);
    expect(note?.text ?? 'none').toMatch(text);
  });

  it('of several proxies are counted, oldest first', () => {
    const text = listing('istiod-a', '1.10.1', { 'a.b': '1.10.1', 'c.d': '1.9.2', 'e.f': '1.10.1' });
    const [note] = explainStatus(parseProxyStatus(text)).notes;
    expect(note).toMatchObject({ code: 'version-skew', severity: 'info' });
    expect(note?.text).toContain('The proxies run 1.9.2 (1) and 1.10.1 (2).');
  });
});

describe('several istiods', () => {
  const good = listing('istiod-a', '1.26.4', { 'a.b': '1.26.4' });

  it('are named with their versions', () => {
    const other = listing('istiod-b', '1.26.3', { 'c.d': '1.26.4', 'e.f': '1.26.4' });
    const { notes } = explainStatus(parseProxyStatus(`${good}\n${other}`));
    expect(notes.map(({ text }) => text)).toEqual([
      expect.stringContaining('istiod-a (1 proxy, version 1.26.4) and istiod-b (2 proxies, version 1.26.3)'),
    ]);
  });

  it('of which one has all the stale proxies', () => {
    const stale = listing('istiod-b', '1.26.4', { 'c.d': '1.26.4', 'e.f': '1.26.4' }, 'STALE');
    const suspect = explainStatus(parseProxyStatus(`${good}\n${stale}`)).notes.find(
      ({ code }) => code === 'control-plane-suspect',
    );
    expect(suspect?.text).toContain('connected to istiod-b');
  });

  it('that list the same proxy', () => {
    const again = parseProxyStatus(listing('istiod-b', '1.26.4', { 'a.b': '1.26.4' }));
    const twice = explainStatus(mergeProxyStatuses(parseProxyStatus(good), again)).notes.find(
      ({ code }) => code === 'listed-twice',
    );
    expect(twice).toMatchObject({ severity: 'warning', title: 'a.b is listed 2 times' });
  });
});
