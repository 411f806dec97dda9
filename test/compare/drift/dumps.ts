import { compareSides } from '../../../src/compare/drift/compare.js';
import type { DriftMode, DriftResult } from '../../../src/compare/drift/difference.js';
import { ignoring } from '../../../src/compare/drift/ignore.js';
import { pilotAndEnvoy, twoProxies, twoSnapshots } from '../../../src/compare/drift/sides.js';
import { decode } from '../../../src/decode/decode.js';
import { ProxyConfig } from '../../../src/model/proxy.js';
import { documentOf } from '../../../src/source/document.js';
import type { Json } from '../../support/minimal-proxy.js';

/** A section of a dump: `Clusters`, and its fields. */
export type Section = readonly [name: string, fields: Json];

/** The node of Envoy's bootstrap, unless a test gives another. */
const BOOTSTRAP: Section = [
  'Bootstrap',
  { bootstrap: { node: { id: 'sidecar~10.0.0.1~app-1.shop~shop.svc.cluster.local' } } },
];

export interface Given {
  readonly left: readonly Section[];
  readonly right: readonly Section[];
  readonly mode?: DriftMode;
  readonly ignore?: readonly string[];
  readonly withTexts?: boolean;
}

/** Compares two dumps made of these sections: Pilot with Envoy unless told otherwise. Envoy's has a bootstrap in any case. */
export async function compared({
  left,
  right,
  mode = 'pilot',
  ignore = [],
  withTexts = false,
}: Given): Promise<DriftResult> {
  const ours = await proxyOf('a.shop', mode === 'pilot' ? left : withBootstrap(left));
  const theirs = await proxyOf('app-1.shop', withBootstrap(right));
  const sides = {
    pilot: () => pilotAndEnvoy(ours, theirs),
    snapshots: () => twoSnapshots(ours, theirs, ['before', 'after']),
    proxies: () => twoProxies(ours, theirs),
  }[mode]();
  return compareSides({ ...sides, mode, ignore: ignoring(ignore) }, { withTexts });
}

/** What differs, in short: `- cluster a`, `+ listener b`, `~ route c: /path`. */
export function inShort({ differences }: DriftResult): string[] {
  const signs = { 'only-left': '-', 'only-right': '+', changed: '~' };
  return differences.map(({ change, kind, name, paths }) => {
    const fields = paths.map(({ path }) => path).join(' ');
    return `${signs[change]} ${kind} ${name}${fields === '' ? '' : `: ${fields}`}`;
  });
}

export const clusters = (...list: Json[]): Section => [
  'Clusters',
  { dynamic_active_clusters: list.map(cluster => ({ cluster })) },
];

export const listeners = (...list: Json[]): Section => [
  'Listeners',
  { dynamic_listeners: list.map(listener => ({ name: listener.name, active_state: { listener } })) },
];

export const routes = (...list: Json[]): Section => [
  'Routes',
  { dynamic_route_configs: list.map(config => ({ route_config: config })) },
];

export const endpoints = (...list: Json[]): Section => [
  'Endpoints',
  { dynamic_endpoint_configs: list.map(config => ({ endpoint_config: config })) },
];

export const secrets = (...list: Json[]): Section => [
  'Secrets',
  { dynamic_active_secrets: list.map(secret => ({ name: secret.name, secret })) },
];

async function proxyOf(name: string, sections: readonly Section[]): Promise<ProxyConfig> {
  const configs = sections.map(([type, fields]) => ({
    '@type': `type.googleapis.com/envoy.admin.v3.${type}ConfigDump`,
    ...fields,
  }));
  return new ProxyConfig(name, await decode(documentOf(name, Buffer.from(JSON.stringify({ configs })))));
}

function withBootstrap(sections: readonly Section[]): readonly Section[] {
  return sections.some(([name]) => name === 'Bootstrap') ? sections : [BOOTSTRAP, ...sections];
}
