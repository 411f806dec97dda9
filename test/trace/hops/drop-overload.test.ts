import { describe, expect, it } from 'vitest';
import { eds, group, healthy, reach } from './endpoints-parts.js';

describe('drop_overloads', () => {
  const policy = { drop_overloads: [{ category: 'throttle', drop_percentage: { numerator: 10 } }] };
  const parts = eds([group([healthy('1.1.1.1:1')])], {}, policy);

  it('drops a part of the requests with 503 DO', async () => {
    const { outcome, weightedClusters } = await reach(parts);
    expect(outcome).toBe('mixed');
    expect(weightedClusters.map(({ share, reason, responseFlag }) => [share, reason, responseFlag])).toEqual([
      [0.9, null, null],
      [0.1, 'overload_dropped', 'DO'],
    ]);
  });

  it.each([
    [9, 'drop_overload'],
    [10, null],
  ])('random %i decides', async (random, details) => {
    expect((await reach(parts, { random })).responseCodeDetails).toBe(details);
  });
});
