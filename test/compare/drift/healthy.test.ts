import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compareSections } from '../../../src/compare/drift/sections.js';
import { pilotAndEnvoy } from '../../../src/compare/drift/sides.js';
import { ProxyConfig } from '../../../src/model/proxy.js';
import { hasShared, SHARED, sharedDocuments, sharedNames } from './support.js';

async function compare(pilot: string, envoy: string) {
  const sides = pilotAndEnvoy(
    new ProxyConfig('pilot', await sharedDocuments(pilot)),
    new ProxyConfig('envoy', await sharedDocuments(envoy)),
  );
  return compareSections({ ...sides, mode: 'pilot', ignore: null }, null);
}

const proxies = await sharedNames('istio-1.30/base');
const pairs = proxies.flatMap(proxy =>
  ['pilot_config_dump.json', 'pilot_config_dump.eds.json'].flatMap(pilot =>
    ['config_dump.json', 'config_dump.noeds.json'].map(envoy => [proxy, pilot, envoy] as const),
  ),
);
const matches = (await sharedNames('istio-1.1/proxy-status')).filter(name => name.startsWith('diff-match'));

describe.skipIf(!hasShared)('Pilot and Envoy of a healthy proxy (needs the shared data)', () => {
  it.each(pairs)('%s: %s, %s', async (proxy, pilot, envoy) => {
    const { found, summary } = await compare(`istio-1.30/base/${proxy}/${pilot}`, `istio-1.30/base/${proxy}/${envoy}`);
    expect(found.map(({ pair, paths }) => [pair.kind, pair.name, paths])).toEqual([]);
    expect(summary.map(({ kind }) => kind)).toContain('cluster');
  });

  it.each(matches)('Istio 1.1: %s', async folder => {
    const path = `istio-1.1/proxy-status/${folder}`;
    const pilot = readdirSync(`${SHARED}/${path}`).find(name => name.startsWith('pilot-config_dump'));
    const { found } = await compare(`${path}/${pilot}`, `${path}/envoy-config_dump.json`);
    expect(found).toEqual([]);
  });
});
