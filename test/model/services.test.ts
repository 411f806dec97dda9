import { describe, expect, it } from 'vitest';
import { clusterParts, knownHosts, lookUpService, searchNames } from '../../src/model/services.js';
import { proxyOf } from '../support/snapshot.js';

const OLD = 'bookinfo-1.1';
const NEW = 'bookinfo-1.30';
const PRODUCTPAGE = 'productpage';

describe('lookUpService', () => {
  it.each<[snapshot: string, host: string, port: number, fqdn: string | null, ip: string | null, from: string | null]>([
    // An HTTP service's address is in its virtual host's domains.
    [OLD, 'reviews', 8888, 'reviews.default', '10.1.120.55', 'virtual host reviews.default.svc.cluster.local:8888'],
    [
      OLD,
      'reviews.default.svc',
      8888,
      'reviews.default',
      '10.1.120.55',
      'virtual host reviews.default.svc.cluster.local:8888',
    ],
    [OLD, 'REVIEWS', 8888, 'reviews.default', '10.1.120.55', 'virtual host reviews.default.svc.cluster.local:8888'],
    [NEW, 'ledger.secure', 8888, 'ledger.secure', '10.96.150.2', 'virtual host ledger.secure.svc.cluster.local:8888'],
    // A TCP service's is the listener that forwards to its cluster.
    [OLD, 'mysql', 3306, 'mysql.default', '10.1.58.64', 'listener 10.1.58.64_3306'],
    [NEW, 'kube-dns.kube-system', 53, 'kube-dns.kube-system', '10.96.0.10', 'listener 10.96.0.10_53'],
    // A headless one's are the listeners of its pods.
    [NEW, 'redis', 6379, 'redis.default', '10.244.1.41', 'listener 10.244.1.41_6379'],
    // Its pods have names of their own below its name (StatefulSets).
    ...['redis-0.redis', 'redis-1.redis.default.svc.cluster.local'].map(
      (host): [string, string, number, string, string, string] => [
        NEW,
        host,
        6379,
        'redis.default',
        '10.244.1.41',
        'a pod of the headless redis.default.svc.cluster.local; which of them has this name is not in this configuration',
      ],
    ),
    [NEW, 'v1.mysql', 3306, null, null, null],
    // A service that has no such port has no address for it.
    [NEW, 'reviews', 1, 'reviews.default', null, null],
    [NEW, 'ledger', 8888, null, null, null],
    [NEW, 'nowhere.example', 80, null, null, null],
  ])('in %s, %s:%i', async (snapshot, host, port, fqdn, ip, from) => {
    const found = lookUpService(await proxyOf(snapshot, PRODUCTPAGE), host, port);
    expect(found).toEqual({ fqdn: fqdn === null ? null : `${fqdn}.svc.cluster.local`, ip, from });
  });

  it('finds the same by the set of all names as by a search for one', async () => {
    const proxy = await proxyOf(NEW, PRODUCTPAGE);
    const hosts = [...knownHosts(proxy)].filter(host => host.endsWith('.default.svc.cluster.local'));
    expect(hosts.length).toBeGreaterThan(5);
    for (const host of hosts) expect(lookUpService(proxy, host.replace(/\..*/, ''), 8888).fqdn).toBe(host);
  });
});

describe('searchNames, of a pod in namespace shop', () => {
  const DOMAIN = 'shop.svc.cluster.local';

  it.each<[host: string, names: string[]]>([
    ['cart', ['cart.shop.svc.cluster.local', 'cart.svc.cluster.local', 'cart.cluster.local', 'cart']],
    [
      'cart.edge',
      ['cart.edge.shop.svc.cluster.local', 'cart.edge.svc.cluster.local', 'cart.edge.cluster.local', 'cart.edge'],
    ],
    ['cart.', ['cart']],
  ])('%s', (host, names) => {
    expect(searchNames(host, DOMAIN)).toEqual(names);
  });

  it('tries a name with five dots as it is first (ndots:5)', () => {
    expect(searchNames('a.b.c.d.e.f', DOMAIN)[0]).toBe('a.b.c.d.e.f');
    expect(searchNames('a.b.c.d.e', DOMAIN).at(-1)).toBe('a.b.c.d.e');
  });
});

describe('clusterParts', () => {
  it.each([
    ['outbound|80|v1|a.b', { direction: 'outbound', port: 80, subset: 'v1', host: 'a.b' }],
    ['outbound|80||a.b', { direction: 'outbound', port: 80, subset: '', host: 'a.b' }],
    ['inbound|9080||', { direction: 'inbound', port: 9080, subset: '', host: '' }],
    ['inbound|9080|http|a.b', { direction: 'inbound', port: 9080, subset: 'http', host: 'a.b' }],
    ['outbound_.80_.v1_.a.b', { direction: 'outbound', port: 80, subset: 'v1', host: 'a.b' }],
    // A waypoint's clusters have the protocol in front of the subset.
    ['inbound-vip|80|http|a.b', { direction: 'inbound-vip', port: 80, subset: '', host: 'a.b' }],
    ['inbound-vip|80|tcp/v1|a.b', { direction: 'inbound-vip', port: 80, subset: 'v1', host: 'a.b' }],
    ['PassthroughCluster', null],
    ['a|b', null],
    ['outbound|http||a.b', null],
  ])('%s', (name, parts) => {
    expect(clusterParts(name)).toEqual(parts);
  });
});
