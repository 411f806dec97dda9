import { describe, expect, it } from 'vitest';
import { pickDocuments } from '../../src/cli/pick.js';
import { documentOf } from '../../src/source/document.js';

const dump = (id: string, ips = '') =>
  `{"configs":[{"bootstrap":{"node":{"id":"${id}","metadata":{"INSTANCE_IPS":"${ips}"}}}}]}`;

function bundle() {
  const loads: string[] = [];
  const files: [name: string, text: string, proxyHint?: string][] = [
    ['b/proxies/shop/web-1/config_dump', dump('sidecar~10.0.0.1~web-1.shop~shop.svc.cluster.local'), 'web-1.shop'],
    ['b/proxies/shop/web-1/clusters', 'outbound|80||x::10.0.0.9:80::health_flags::healthy', 'web-1.shop'],
    ['b/proxies/shop/cart-1/config_dump', dump('sidecar~10.0.0.2~cart-1.shop~x', '10.0.0.2,fd00::2'), 'cart-1.shop'],
    ['b/proxies/shop/cart-1/clusters', 'x', 'cart-1.shop'],
    ['b/own/gateway/config_dump.json', dump('router~10.0.0.3~gw-1.edge~edge.svc.cluster.local')],
    ['b/own/gateway/pilot.json', '{"configs":[]}'],
    ['b/cluster/ztunnel.json', '{"workloads":{}}'],
  ];
  const documents = files.map(([name, text, proxyHint]) => {
    const document = documentOf(name, Buffer.from(text), proxyHint === undefined ? {} : { proxyHint });
    const load = () => {
      loads.push(name);
      return document.load();
    };
    return { document: { ...document, load }, isNamed: false };
  });
  return { documents, loads };
}

const names = (items: readonly { document: { name: string } }[]) => items.map(({ document }) => document.name.slice(2));

describe('picking the documents of named proxies', () => {
  it.each([
    [['web-1.shop'], ['proxies/shop/web-1/config_dump', 'proxies/shop/web-1/clusters']],
    [['gw'], ['own/gateway/config_dump.json', 'own/gateway/pilot.json']],
    [['web.shop'], ['proxies/shop/web-1/config_dump', 'proxies/shop/web-1/clusters']],
    [
      ['web-1', 'gw-1.edge'],
      [
        'proxies/shop/web-1/config_dump',
        'proxies/shop/web-1/clusters',
        'own/gateway/config_dump.json',
        'own/gateway/pilot.json',
      ],
    ],
  ])('%j: by node id, place and folder', async (wanted, expected) => {
    const { documents, loads } = bundle();
    const { now, ofNobody } = await pickDocuments(documents, wanted);
    expect(names(now)).toEqual(expected);
    expect(names(ofNobody)).toEqual(['cluster/ztunnel.json']);
    expect(loads).toEqual([]);
  });

  it('keeps the others by every address of theirs', async () => {
    const { later } = await pickDocuments(bundle().documents, ['web-1']);
    expect([...later.keys()]).toEqual(['10.0.0.2', 'fd00::2', '10.0.0.3']);
    expect(names(later.get('fd00::2') ?? [])).toEqual([
      'proxies/shop/cart-1/config_dump',
      'proxies/shop/cart-1/clusters',
    ]);
  });

  it.each([[[]], [['nope-1.shop']], [['web-1', 'nope']]])(
    '%j: all are read where a name is not among them',
    async wanted => {
      const { documents } = bundle();
      const { now, later } = await pickDocuments(documents, wanted);
      expect(now).toBe(documents);
      expect(later.size).toBe(0);
    },
  );
});
