import { describe, expect, it } from 'vitest';
import { quickEqual } from '../../../src/compare/canonical/quick-equal.js';

describe('quickEqual', () => {
  it.each<[string, unknown, unknown]>([
    ['case forms', { connectTimeout: '1s' }, { connect_timeout: '1s' }],
    ['a digit behind an underscore', { consecutive5xx: 5 }, { consecutive_5xx: 5 }],
    ['the order of keys', { a: 1, b: [{ c: 1 }] }, { b: [{ c: 1 }], a: 1 }],
    ['messages inside a map', { policies: { p: { x_y: 1 } } }, { policies: { p: { xY: 1 } } }],
  ])('takes %s for alike, either way round', (_, left, right) => {
    expect([quickEqual(left, right), quickEqual(right, left)]).toEqual([true, true]);
  });

  it.each<[string, unknown, unknown]>([
    ['a value', { a: 1 }, { a: 2 }],
    ['a field more', { a: 1 }, { a: 1, b: 1 }],
    ['a list for an object', [], {}],
    ['the length of a list', [1], [1, 2]],
    ['keys of users in a map', { labels: { foo_bar: 'x' } }, { labels: { fooBar: 'x' } }],
    [
      'keys of users in free metadata',
      { filterMetadata: { n: { foo_bar: 1 } } },
      { filterMetadata: { n: { fooBar: 1 } } },
    ],
  ])('does not for %s', (_, left, right) => {
    expect([quickEqual(left, right), quickEqual(right, left)]).toEqual([false, false]);
  });
});
