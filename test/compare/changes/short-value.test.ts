import { expect, it } from 'vitest';
import { shortValue } from '../../../src/compare/changes/short-value.js';

it.each([
  ['10s', '10s'],
  ['0123456789', '0123456789'],
  ['0123456789a', '012345678…'],
  [{ a: 1 }, '{"a":1}'],
  [[1000, 2000, 3000], '[1000,200…'],
  [null, 'null'],
] as const)('%j in ten characters: %s', (value, expected) => {
  expect(shortValue(value, 10)).toBe(expected);
});
