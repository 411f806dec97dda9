import { describe, expect, it } from 'vitest';
import { decode } from '../../src/decode/decode.js';
import { type Snapshot, snapshotOf } from '../../src/model/snapshot.js';
import { documentOf } from '../../src/source/document.js';

type Json = Record<string, unknown>;
type File = [path: string, content: Json | Json[], proxyHint?: string];

const bootstrap = (pod: string): Json => ({
  '@type': 'type.googleapis.com/envoy.admin.v3.BootstrapConfigDump',
  bootstrap: { node: { id: `sidecar~10.0.0.1~${pod}~default.svc.cluster.local` } },
});

const sections = (time: string): Json[] => [
  {
    '@type': 'type.googleapis.com/envoy.admin.v3.ClustersConfigDump',
    dynamic_active_clusters: [{ cluster: { name: 'a', type: 'STATIC' }, last_updated: time }],
  },
  {
    '@type': 'type.googleapis.com/envoy.admin.v3.ListenersConfigDump',
    dynamic_listeners: [{ name: 'l', active_state: { listener: { name: 'l' }, last_updated: time } }],
  },
];

const EARLY = '2026-11-01T00:00:00Z';
const LATE = '2026-11-02T00:00:00Z';
const dump = (pod: string, time = EARLY): Json => ({ configs: [bootstrap(pod), ...sections(time)] });
/** Without a bootstrap: the dump does not say whose it is. */
const nameless: Json = { configs: sections(EARLY) };
const pilot: Json = {
  configs: [
    {
      '@type': 'type.googleapis.com/envoy.admin.v3.ClustersConfigDump',
      dynamicActiveClusters: [{ cluster: { name: 'a', type: 'STATIC' } }],
    },
  ],
};
const clusters: Json = { cluster_statuses: [{ name: 'a', host_statuses: [] }] };
const routes: Json[] = [{ name: '80', virtual_hosts: [] }];

async function snapshot(files: readonly File[]): Promise<Snapshot> {
  const documents = files.map(([path, content, proxyHint]) =>
    documentOf(path, Buffer.from(JSON.stringify(content)), proxyHint === undefined ? {} : { proxyHint }),
  );
  return snapshotOf((await Promise.all(documents.map(decode))).flat());
}

/** Names of proxies, each with its documents. */
function grouped({ proxies }: Snapshot): Json {
  return Object.fromEntries(proxies.map(({ name, documents }) => [name, documents.map(document => document.name)]));
}

describe('grouping by proxy', () => {
  it.each<[what: string, files: File[], expected: Json]>([
    [
      'the node id names the proxy, whatever the file is called',
      [
        ['x/1.json', dump('web-1.shop')],
        ['x/2.json', dump('cart-1.shop')],
      ],
      { 'cart-1.shop': ['x/2.json'], 'web-1.shop': ['x/1.json'] },
    ],
    [
      'what lies beside the only dump of a folder goes with it',
      [
        ['web/config_dump.json', dump('web-1.shop')],
        ['web/clusters.json', clusters],
        ['cart/config_dump.json', dump('cart-1.shop')],
        ['cart/clusters.json', clusters],
      ],
      {
        'cart-1.shop': ['cart/config_dump.json', 'cart/clusters.json'],
        'web-1.shop': ['web/config_dump.json', 'web/clusters.json'],
      },
    ],
    [
      'of several in one folder, the pod in the file name tells',
      [
        ['web-1.config_dump.json', dump('web-1.shop')],
        ['web-11.config_dump.json', dump('web-11.shop')],
        ['web-1.clusters.json', clusters],
        ['web-11.clusters.json', clusters],
      ],
      {
        'web-1.shop': ['web-1.config_dump.json', 'web-1.clusters.json'],
        'web-11.shop': ['web-11.config_dump.json', 'web-11.clusters.json'],
      },
    ],
    [
      'files that are called alike go together',
      [
        ['left-config_dump.json', dump('web-1.shop')],
        ['right-config_dump.json', dump('cart-1.shop')],
        ['left-clusters.json', clusters],
      ],
      { 'cart-1.shop': ['right-config_dump.json'], 'web-1.shop': ['left-config_dump.json', 'left-clusters.json'] },
    ],
    [
      'the place of a document names the proxy where the document does not',
      [['proxies/shop/web-1/config_dump', nameless, 'web-1.shop']],
      { 'web-1.shop': ['proxies/shop/web-1/config_dump'] },
    ],
    [
      'nobody says whose it is: the folder does',
      [
        ['web/listeners.json', nameless],
        ['cart/listeners.json', nameless],
      ],
      { cart: ['cart/listeners.json'], web: ['web/listeners.json'] },
    ],
    [
      'a part that nobody claims belongs to the only proxy',
      [
        ['a/config_dump.json', dump('web-1.shop')],
        ['b/routes.json', routes],
      ],
      { 'web-1.shop': ['a/config_dump.json', 'b/routes.json'] },
    ],
  ])('%s', async (_, files, expected) => {
    expect(grouped(await snapshot(files))).toEqual(expected);
  });
});

describe('Pilot’s side', () => {
  it('is kept apart where Envoy’s is there', async () => {
    const found = await snapshot([
      ['web/config_dump.json', dump('web-1.shop')],
      ['web/pilot.json', pilot],
    ]);
    expect(grouped(found)).toEqual({ 'web-1.shop': ['web/config_dump.json'] });
    expect(found.pilot.get('web-1.shop')?.documents.map(({ name }) => name)).toEqual(['web/pilot.json']);
  });

  it('stands for the proxy where it is all that is known', async () => {
    const found = await snapshot([['web/pilot.json', pilot]]);
    expect(grouped(found)).toEqual({ web: ['web/pilot.json'] });
  });
});

describe('several dumps of one proxy', () => {
  it('the newest counts, with what lies beside it, and a note says so', async () => {
    const found = await snapshot([
      ['monday/config_dump.json', dump('web-1.shop', EARLY)],
      ['monday/clusters.json', clusters],
      ['tuesday/config_dump.json', dump('web-1.shop', LATE)],
      ['tuesday/clusters.json', clusters],
    ]);
    expect(grouped(found)).toEqual({ 'web-1.shop': ['tuesday/config_dump.json', 'tuesday/clusters.json'] });
    expect(found.notes).toEqual(['web-1.shop: of 2 dumps the newest is used, tuesday/config_dump.json']);
  });
});
