import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DomainIndex, explainDomain } from '../../src/match/domain.js';

const TABLE = [
  { domains: ['reviews:8888', 'reviews.default.svc.cluster.local:8888'] },
  { domains: ['*.example.com', 'WWW.example.com'] },
  { domains: ['*-api.example.com'] },
  { domains: ['www.*'] },
  { domains: ['www.example.*'] },
  { domains: ['*'] },
];

describe('DomainIndex', () => {
  it.each([
    ['reviews:8888', 0, 'reviews:8888', 'exact'],
    ['REVIEWS:8888', 0, 'reviews:8888', 'exact'],
    ['www.example.com', 1, 'WWW.example.com', 'exact'],
    ['a.example.com', 1, '*.example.com', 'suffix'],
    ['a-api.example.com', 2, '*-api.example.com', 'suffix'],
    ['-api.example.com', 1, '*.example.com', 'suffix'],
    ['.example.com', 5, '*', 'any'],
    ['example.com', 5, '*', 'any'],
    ['www.example.org', 4, 'www.example.*', 'prefix'],
    ['www.org', 3, 'www.*', 'prefix'],
    ['www.', 5, '*', 'any'],
    ['', 5, '*', 'any'],
  ])('%j goes to %i by %s', (host, index, domain, kind) => {
    expect(new DomainIndex(TABLE).find(host)).toEqual({ index, domain, kind });
  });

  it('finds nothing where no domain fits', () => {
    expect(new DomainIndex(TABLE.slice(0, 4)).find('other')).toBeNull();
    expect(new DomainIndex([]).find('other')).toBeNull();
  });

  it('lists the domains that Envoy would refuse, and takes the first of them', () => {
    const index = new DomainIndex([{ domains: ['a', '*.b'] }, { domains: ['A', 'a', '*'] }, { domains: ['*', '*.B'] }]);
    expect(index.duplicates()).toEqual([
      { domain: 'a', indexes: [0, 1, 1] },
      { domain: '*.b', indexes: [0, 2] },
      { domain: '*', indexes: [1, 2] },
    ]);
    expect(index.find('a')?.index).toBe(0);
    expect(new DomainIndex(TABLE).duplicates()).toEqual([]);
  });

  it('agrees with a plain reading of the rules, by search and by index', () => {
    const name = fc.string({ unit: fc.constantFrom('a', 'B', '.', '-'), minLength: 1, maxLength: 5 });
    const domain = fc.oneof(
      name,
      name.map(text => `*${text}`),
      name.map(text => `${text}*`),
      fc.constant('*'),
    );
    const table = fc.array(fc.array(domain, { maxLength: 3 }), { maxLength: 4 });
    fc.assert(
      fc.property(table, name, (lists, host) => {
        const searching = new DomainIndex(lists.map(domains => ({ domains })));
        const found = searching.find(host);
        expect(found?.domain ?? null).toBe(naive(lists.flat(), host));
        const indexed = new DomainIndex(lists.map(domains => ({ domains })));
        for (const other of ['1', '2', '3', '4', '5']) indexed.find(other);
        expect(indexed.find(host)).toEqual(found);
        expect(indexed.find(host.toUpperCase())).toEqual(found);
      }),
      { numRuns: 1000 },
    );
  });
});

/** Ranks every domain that fits and takes the first of the best. */
function naive(domains: readonly string[], host: string): string | null {
  const rank = (domain: string): number => {
    const [wanted, actual] = [domain.toLowerCase(), host.toLowerCase()];
    if (wanted === '*') return 1;
    const inside = actual.length >= wanted.length;
    if (wanted.startsWith('*')) return inside && actual.endsWith(wanted.slice(1)) ? 2000 + wanted.length : 0;
    if (wanted.endsWith('*')) return inside && actual.startsWith(wanted.slice(0, -1)) ? 1000 + wanted.length : 0;
    return wanted === actual ? 3000 : 0;
  };
  const best = Math.max(0, ...domains.map(rank));
  return best === 0 ? null : (domains.find(domain => rank(domain) === best) ?? null);
}

describe('explainDomain', () => {
  it.each([
    [
      ['reviews.default.svc.cluster.local', 'reviews:8888'],
      'reviews:9080',
      'reviews:9080 is not reviews:8888: the name is the same, the port 9080 is not 8888',
    ],
    [['reviews:8888'], 'reviews', 'reviews is not reviews:8888: the name is the same, the port (none) is not 8888'],
    [['a.com'], 'A.com.', 'A.com. is not a.com: they differ in the trailing dot'],
    [['a.com:80'], 'a.com.:80', 'a.com.:80 is not a.com:80: they differ in the trailing dot'],
    [['*.example.com'], 'example.com', 'example.com is not *.example.com: the wildcard stands for at least one label'],
    [
      ['reviews', 'reviews.default.svc.cluster.local'],
      'reviews.prod.svc.cluster.local:8888',
      'reviews.prod.svc.cluster.local:8888 is not reviews.default.svc.cluster.local: the namespace prod is not default',
    ],
    [
      ['reviews.default.svc'],
      'reviews.prod',
      'reviews.prod is not reviews.default.svc: the namespace prod is not default',
    ],
    [['a.com'], 'a.org', 'a.org is not a.com'],
    [['a', 'b'], 'c', 'c is not a, b'],
    [['a', 'b', 'c', 'd'], 'e', 'e is none of its 4 domains (a, b, c, …)'],
    [[], 'e', 'it has no domains'],
    [['a.org', '*'], 'Reviews', 'another virtual host fits Reviews more closely than *'],
    [['*.com'], 'www.a.com', 'another virtual host fits www.a.com more closely than *.com'],
    [['Reviews'], 'reviews', 'an earlier virtual host has the domain Reviews too'],
  ])('%j and %s', (domains, host, expected) => {
    expect(explainDomain(domains, host)).toBe(expected);
  });
});
