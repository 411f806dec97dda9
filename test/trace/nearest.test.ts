import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NearNames, nearest } from '../../src/trace/nearest.js';

const own = (name: string) => [name];

/** The rule as it reads: names one by one, the first label up to a dot or colon. */
function score(name: string, wanted: string): number {
  if (name === wanted) return 4;
  const [label = ''] = name.split(/[.:]/, 1);
  const [first = ''] = wanted.split('.', 1);
  if (label === first) return 3;
  if (name.startsWith('*')) return wanted.endsWith(name.slice(1)) ? 2.5 : 0;
  const differs = [...label].findIndex((letter, i) => letter !== first[i]);
  const same = differs < 0 ? Math.min(label.length, first.length) : differs;
  const longest = Math.max(label.length, first.length, 1);
  return (Math.abs(label.length - first.length) <= 2 ? 2 * same : same) / longest;
}

function byTheRule(items: readonly (readonly string[])[], wanted: string, count: number, atLeast: number) {
  const scored = items.map(names => ({ names, score: Math.max(0, ...names.map(name => score(name, wanted))) }));
  return scored
    .filter(item => item.score >= atLeast)
    .sort((a, b) => b.score - a.score)
    .slice(0, count)
    .map(({ names }) => names);
}

describe('nearest', () => {
  it.each<[string, string, readonly string[]]>([
    ['the name itself, then the same first label', 'reviews.a', ['reviews.b', 'ratings.a', 'reviews.a']],
    ['a wildcard that takes it before shared beginnings', 'x.shop.example', ['xy.other', '*.shop.example', '*.else']],
    ['a domain with a port', 'reviews', ['details:80', 'reviews:80']],
  ])('puts %s first', (_, wanted, names) => {
    expect(nearest(names, own, wanted, 1)).toEqual([names.toSorted((a, b) => score(b, wanted) - score(a, wanted))[0]]);
  });

  it('finds what the rule finds, equal ones in their order (property)', () => {
    const label = fc.stringMatching(/^[ab*]{0,4}$/);
    const name = fc.tuple(label, fc.constantFrom('', '.a', '.b.a', ':80')).map(parts => parts.join(''));
    const items = fc.array(fc.array(name, { maxLength: 3 }), { maxLength: 12 });
    fc.assert(
      fc.property(
        items,
        name,
        fc.integer({ min: 1, max: 5 }),
        fc.constantFrom(0, 0.6, 2.5),
        (all, wanted, count, least) => {
          expect(nearest(all, names => names, wanted, count, least)).toEqual(byTheRule(all, wanted, count, least));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('finds the same in sorted labels after some searches (property)', () => {
    const label = fc.stringMatching(/^[ab*]{0,5}$/);
    const name = fc.tuple(label, fc.constantFrom('', '.a', '.b.a', ':80')).map(parts => parts.join(''));
    const items = fc.array(fc.array(name, { maxLength: 3 }), { maxLength: 40 });
    const search = fc.record({
      wanted: name,
      count: fc.integer({ min: 1, max: 5 }),
      atLeast: fc.constantFrom(0, 0.6, 2.5),
      but: fc.option(fc.nat(39)),
    });
    fc.assert(
      fc.property(items, fc.array(search, { maxLength: 10 }), (all, searches) => {
        const names = new NearNames(all, item => item);
        for (let i = 0; i < 20; i++) names.nearest('a', 1);
        for (const { wanted, count, atLeast, but } of searches) {
          const others = but === null ? all : all.filter((_, position) => position !== but);
          const found = names.nearest(wanted, count, { atLeast, but: but === null ? null : (all[but] ?? null) });
          expect(found).toEqual(byTheRule(others, wanted, count, atLeast));
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('leaves out the one that is not looked for', () => {
    const names = ['reviews', 'ratings'];
    expect(new NearNames(names, own).nearest('reviews', 2, { but: 'reviews' })).toEqual(['ratings']);
  });
});
