import { expect, it } from 'vitest';
import { laterOf, newestOf } from '../../src/decode/newest.js';

it.each<[(string | null)[], string | null]>([
  [[], null],
  [[null, null], null],
  [[null, '2026-01-01T00:00:00.100Z', null], '2026-01-01T00:00:00.100Z'],
  [['2026-01-01T00:00:00.100Z', '2026-01-01T00:00:00.200Z', '2025-12-31T00:00:00.999Z'], '2026-01-01T00:00:00.200Z'],
  [['2026-01-01T00:00:00Z', '2026-01-01T00:00:00.001Z'], '2026-01-01T00:00:00.001Z'],
  [['2026-01-01T00:00:00.5Z', '2026-01-01T00:00:00.499Z'], '2026-01-01T00:00:00.5Z'],
  [['2026-01-01T01:00:00+02:00', '2026-01-01T00:00:00Z'], '2026-01-01T00:00:00Z'],
])('the newest of %j is %s', (updates, newest) => {
  expect(newestOf(updates)).toBe(newest);
  expect(newestOf([...updates].reverse())).toBe(newest);
});

it.each<[string | null, string | null, string | null]>([
  [null, null, null],
  [null, '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z'],
  ['2026-01-01T00:00:00Z', null, '2026-01-01T00:00:00Z'],
  ['2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z'],
])('the later of %s and %s is %s', (one, other, later) => {
  expect(laterOf(one, other)).toBe(later);
});
