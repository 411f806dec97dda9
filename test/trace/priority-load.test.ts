import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PriorityLevel, panicking, priorityLoads } from '../../src/trace/priority-load.js';

/** A priority with so many hosts healthy, degraded and in bad health. */
function level(healthy: number, degraded: number, bad: number, excluded = 0): PriorityLevel {
  const size = healthy + degraded + bad + excluded;
  const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
  return {
    members: range(0, size),
    healthy: range(0, healthy),
    degraded: range(healthy, healthy + degraded),
    excluded: range(size - excluded, size),
    overprovisioningFactor: 140,
    weightOf: () => 1,
  };
}

const ofHundred = (healthy: number) => level(healthy, 0, 100 - healthy);

describe('the load of priorities, as Envoy’s documentation tells it', () => {
  it.each<[string, PriorityLevel[], number[]]>([
    ['all healthy', [ofHundred(100), ofHundred(100)], [100, 0]],
    ['72 of 100', [ofHundred(72), ofHundred(100)], [100, 0]],
    ['71 of 100', [ofHundred(71), ofHundred(100)], [99, 1]],
    ['50 of 100', [ofHundred(50), ofHundred(100)], [70, 30]],
    ['25 of 100', [ofHundred(25), ofHundred(100)], [35, 65]],
    ['none', [ofHundred(0), ofHundred(100)], [0, 100]],
    ['three levels', [ofHundred(25), ofHundred(25), ofHundred(100)], [35, 35, 30]],
    ['too few in all, scaled to 100', [ofHundred(25), ofHundred(25), ofHundred(20)], [37, 35, 28]],
  ])('%s', (_, levels, expected) => {
    expect(priorityLoads(levels, 0).map(({ healthy }) => healthy)).toEqual(expected);
  });

  it('gives healthy hosts of all levels their load before degraded ones', () => {
    const factor = (percent: number) => Math.ceil(percent / 1.4);
    const levels = [
      [10, 20],
      [20, 10],
      [10, 0],
    ].map(([healthy = 0, degraded = 0]) =>
      level(factor(healthy), factor(degraded), 100 - factor(healthy) - factor(degraded)),
    );
    const loads = priorityLoads(levels, 0);
    expect(loads.map(load => load.healthy).reduce((a, b) => a + b)).toBeLessThan(70);
    expect(loads.reduce((sum, load) => sum + load.healthy + load.degraded, 0)).toBe(100);
  });
});

describe('panic', () => {
  it.each<[string, PriorityLevel[], number, boolean[]]>([
    ['below the threshold', [ofHundred(40)], 50, [true]],
    ['at the threshold', [ofHundred(50)], 50, [false]],
    ['enough in all levels together', [ofHundred(10), ofHundred(100)], 50, [false, false]],
    ['one level of two', [ofHundred(10), ofHundred(50)], 50, [true, false]],
    ['threshold 0', [ofHundred(0)], 0, [false]],
    ['degraded hosts count as usable', [level(0, 30, 30)], 50, [false]],
    ['excluded hosts do not count', [level(5, 0, 1, 94)], 50, [false]],
  ])('%s', (_, levels, threshold, expected) => {
    expect(panicking(levels, threshold)).toEqual(expected);
  });

  it('spreads by the number of hosts where every level is in panic', () => {
    expect(priorityLoads([level(0, 0, 2), level(0, 0, 1)], 50)).toEqual([
      { healthy: 67, degraded: 0 },
      { healthy: 33, degraded: 0 },
    ]);
  });
});

describe('for any levels', () => {
  const levels = fc.array(
    fc
      .tuple(...[0, 1, 2, 3].map(() => fc.nat({ max: 5 })))
      .map(([healthy = 0, degraded = 0, bad = 0, excluded = 0]) => level(healthy, degraded, bad, excluded))
      .filter(({ members }) => members.length > 0),
    { minLength: 1, maxLength: 4 },
  );

  it('loads come to 100', () => {
    fc.assert(
      fc.property(levels, fc.constantFrom(0, 50, 100), (all, threshold) => {
        const loads = priorityLoads(all, threshold);
        expect(loads.reduce((sum, { healthy, degraded }) => sum + healthy + degraded, 0)).toBe(100);
      }),
    );
  });

  it('a level without usable hosts gets load in panic only', () => {
    fc.assert(
      fc.property(levels, all => {
        const loads = priorityLoads(all, 50);
        const panics = panicking(all, 50);
        for (const [i, { healthy, degraded }] of all.entries()) {
          const load = loads[i];
          if (load !== undefined && !panics.every(Boolean) && healthy.length + degraded.length === 0)
            expect(load).toEqual({ healthy: 0, degraded: 0 });
        }
      }),
    );
  });
});
