import { describe, expect, it } from 'vitest';
import { hostsOf } from '../../src/model/hosts.js';
import { subsetOf } from '../../src/trace/subset.js';
import { viewOf } from '../match/view-of.js';
import { assignment, lbEndpoint, staticCluster } from '../support/messages.js';
import { type Json, minimalProxy } from '../support/minimal-proxy.js';

const labels = (values: Json): Json => ({ metadata: { filter_metadata: { 'envoy.lb': values } } });

/** Hosts a to d by the labels that they have. */
async function hosts() {
  const endpoints = [
    lbEndpoint('1.1.1.1:1', labels({ version: 'v1', stage: 'prod' })),
    lbEndpoint('1.1.1.2:1', labels({ version: 'v2', stage: 'prod' })),
    lbEndpoint('1.1.1.3:1', labels({ version: ['v3', 'v4'], stage: 'dev' })),
    lbEndpoint('1.1.1.4:1'),
  ];
  const proxy = await minimalProxy({
    clusters: [{ ...staticCluster('c', []), load_assignment: assignment('c', endpoints) }],
  });
  const cluster = proxy.find('cluster', 'c');
  if (cluster === undefined) throw new Error('no cluster');
  return hostsOf(proxy, cluster).hosts;
}

async function chosen(config: Json, keys: Json, canPick = (count: number) => count > 0): Promise<string> {
  const all = await hosts();
  const subset = subsetOf(viewOf(config), all, new Map(Object.entries(keys)), list => canPick(list.length));
  return subset.hosts.map(({ address }) => 'abcd'.charAt(Number(address.charAt(6)) - 1)).join('');
}

const BY_VERSION = { subset_selectors: [{ keys: ['version'] }] };
const BOTH = { keys: ['stage', 'version'] };

describe('subset load balancing', () => {
  it.each<[string, Json, Json, string]>([
    ['the subset', BY_VERSION, { version: 'v1' }, 'a'],
    ['no such subset, no fallback', BY_VERSION, { version: 'v9' }, ''],
    ['the route asks for none, no fallback', BY_VERSION, {}, ''],
    ['any endpoint', { ...BY_VERSION, fallback_policy: 'ANY_ENDPOINT' }, { version: 'v9' }, 'abcd'],
    ['the route asks for none, any endpoint', { ...BY_VERSION, fallback_policy: 'ANY_ENDPOINT' }, {}, 'abcd'],
    [
      'the default subset',
      { ...BY_VERSION, fallback_policy: 'DEFAULT_SUBSET', default_subset: { stage: 'prod' } },
      {},
      'ab',
    ],
    ['more keys than a selector has', BY_VERSION, { version: 'v1', stage: 'prod' }, ''],
    ['fewer keys than a selector has', { subset_selectors: [BOTH] }, { version: 'v1' }, ''],
    ['redundant keys allowed', { ...BY_VERSION, allow_redundant_keys: true }, { version: 'v1', stage: 'dev' }, 'a'],
    [
      'the selector’s own fallback',
      { subset_selectors: [{ keys: ['version'], fallback_policy: 'ANY_ENDPOINT' }] },
      { version: 'v9' },
      'abcd',
    ],
    [
      'the selector’s own NO_FALLBACK',
      { fallback_policy: 'ANY_ENDPOINT', subset_selectors: [{ keys: ['version'], fallback_policy: 'NO_FALLBACK' }] },
      { version: 'v9' },
      '',
    ],
    [
      'the selector’s own default subset',
      {
        default_subset: { stage: 'dev' },
        subset_selectors: [{ keys: ['version'], fallback_policy: 'DEFAULT_SUBSET' }],
      },
      { version: 'v9' },
      'c',
    ],
    [
      'a selector’s fallback that Envoy does not take',
      { subset_selectors: [BOTH, { keys: ['stage'], fallback_policy: 'ANY_ENDPOINT' }] },
      { stage: 'none' },
      '',
    ],
    [
      'fewer keys as fallback',
      {
        subset_selectors: [
          { ...BOTH, fallback_policy: 'KEYS_SUBSET', fallback_keys_subset: ['stage'] },
          { keys: ['stage'] },
        ],
      },
      { stage: 'prod', version: 'v9' },
      'ab',
    ],
    ['a list is one value', BY_VERSION, { version: 'v3' }, ''],
    ['a list as any', { ...BY_VERSION, list_as_any: true }, { version: 'v3' }, 'c'],
    [
      'one host a subset',
      { subset_selectors: [{ keys: ['stage'], single_host_per_subset: true }] },
      { stage: 'prod' },
      'a',
    ],
    ['no selectors: no subsets', { fallback_policy: 'NO_FALLBACK' }, { version: 'v9' }, 'abcd'],
    [
      'a fallback list',
      { ...BY_VERSION, metadata_fallback_policy: 'FALLBACK_LIST' },
      { fallback_list: [{ version: 'v9' }, { version: 'v2' }] },
      'b',
    ],
    [
      'a fallback list that gives nobody',
      { ...BY_VERSION, metadata_fallback_policy: 'FALLBACK_LIST' },
      { fallback_list: [{ version: 'v9' }] },
      '',
    ],
    ['a fallback list that is not asked for', BY_VERSION, { version: 'v1', fallback_list: [{ version: 'v2' }] }, ''],
  ])('%s', async (_, config, keys, expected) => {
    expect(await chosen(config, keys)).toBe(expected);
  });

  const panic = {
    ...BY_VERSION,
    fallback_policy: 'DEFAULT_SUBSET',
    default_subset: { stage: 'none' },
    panic_mode_any: true,
  };

  it.each<[string, Json, string]>([
    ['any endpoint where the default subset has none', panic, 'abcd'],
    ['not without panic_mode_any', { ...panic, panic_mode_any: false }, ''],
    ['not without a fallback policy', { ...panic, fallback_policy: 'NO_FALLBACK' }, ''],
  ])('panic_mode_any: %s', async (_, config, expected) => {
    expect(await chosen(config, { version: 'v9' })).toBe(expected);
  });
});
