import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchServerName, serverNameCandidates } from '../../src/match/server-name.js';

describe('serverNameCandidates', () => {
  it.each([
    ['', ['']],
    ['a', ['a', '']],
    ['WWW.Example.com', ['www.example.com', '.example.com', '.com', '']],
    ['a.b.c.d', ['a.b.c.d', '.b.c.d', '.c.d', '.d', '']],
    ['a.b.', ['a.b.', '.b.', '']],
    ['.a.b', ['.a.b', '.b', '']],
    ['a..b', ['a..b', '..b', '.b', '']],
  ])('%j', (sni, expected) => {
    expect(serverNameCandidates(sni)).toEqual(expected);
  });
});

describe('matchServerName', () => {
  it.each([
    [[], '', 0],
    [[], 'a.b', 0],
    [['a.b'], 'A.b', 3],
    [['A.B'], 'a.b', 3],
    [['a.b'], '', null],
    [['*.b', 'a.b'], 'a.b', 3],
    [['*.b'], 'a.b', 2],
    [['.b'], 'a.b', 2],
    [['*.b', '*.c.b'], 'a.c.b', 4],
    [['*.b'], 'b', null],
    [['*'], 'a', null],
    [['*a.b'], 'xa.b', null],
    [
      ['outbound_.8888_._.reviews.default.svc.cluster.local'],
      'outbound_.8888_._.reviews.default.svc.cluster.local',
      51,
    ],
  ])('%j on %j: %s', (names, sni, expected) => {
    expect(matchServerName(names, sni)).toBe(expected);
  });

  it('prefers what a plain reading of the rules prefers', () => {
    const label = fc.constantFrom('a', 'b');
    const host = fc.array(label, { minLength: 1, maxLength: 4 }).map(labels => labels.join('.'));
    const name = fc.oneof(
      host,
      host.map(text => `*.${text}`),
    );
    const chains = fc.array(fc.array(name, { maxLength: 2 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(chains, host, (lists, sni) => {
        const scores = lists.map(names => matchServerName(names, sni) ?? -1);
        const ranks = lists.map(names => (names.length === 0 ? 0 : Math.max(...names.map(item => rank(item, sni)))));
        expect(scores.map(score => score === Math.max(...scores))).toEqual(
          ranks.map(item => item === Math.max(...ranks)),
        );
        expect(scores.map(score => score >= 0)).toEqual(ranks.map(item => item >= 0));
      }),
    );
  });
});

function rank(name: string, sni: string): number {
  if (name === sni) return 1000;
  return name.startsWith('*') && sni.endsWith(name.slice(1)) && sni.length >= name.length ? name.length : -1;
}
