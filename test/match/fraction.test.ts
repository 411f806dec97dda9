import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fractionHolds, fractionOf, runtimeFraction } from '../../src/match/fraction.js';
import { viewOf } from './view-of.js';

describe('fractionOf', () => {
  it.each([
    [{}, 0],
    [{ numerator: 50 }, 0.5],
    [{ numerator: 5, denominator: 'HUNDRED' }, 0.05],
    [{ numerator: 5, denominator: 'TEN_THOUSAND' }, 0.0005],
    [{ numerator: 250_000, denominator: 'MILLION' }, 0.25],
    [{ numerator: 1, denominator: 2 }, 0.000001],
    [{ numerator: 200 }, 1],
    [{ value: 12.5 }, 0.125],
  ])('%j is %d', (fraction, expected) => {
    expect(fractionOf(viewOf(fraction))).toBe(expected);
  });

  it('takes nothing as 0', () => {
    expect(fractionOf(undefined)).toBe(0);
  });
});

describe('runtimeFraction', () => {
  it('is the default value', () => {
    expect(runtimeFraction(viewOf({ default_value: { numerator: 10 }, runtime_key: 'x' }))).toBe(0.1);
    expect(runtimeFraction(viewOf({ defaultValue: {} }))).toBe(0);
    expect(runtimeFraction(undefined)).toBeUndefined();
  });
});

describe('a percentage under its runtime key', () => {
  it.each([
    ['a number is percent', 30, 0.3],
    ['more than a hundred is all', 200, 1],
    ['an object is a fraction', { numerator: 1, denominator: 'TEN_THOUSAND' }, 0.0001],
    ['a text is none', '30', 0.1],
    ['nothing leaves the default', undefined, 0.1],
  ])('%s', (_, value, expected) => {
    const view = viewOf({ default_value: { numerator: 10 }, runtime_key: 'x' });
    expect(runtimeFraction(view, key => (key === 'x' ? value : undefined))).toBe(expected);
  });
});

describe('fractionHolds', () => {
  it.each([
    [{}, 0, false],
    [{ numerator: 5 }, 4, true],
    [{ numerator: 5 }, 5, false],
    [{ numerator: 5 }, 104, true],
    [{ numerator: 5, denominator: 'TEN_THOUSAND' }, 104, false],
    [{ numerator: 5, denominator: 'MILLION' }, 1_000_004, true],
    [{ numerator: 100 }, 123_456_789, true],
  ])('%j with %d: %s', (fraction, random, expected) => {
    expect(fractionHolds(viewOf(fraction), random)).toBe(expected);
  });

  it('takes exactly its part of a full cycle', () => {
    fc.assert(
      fc.property(fc.nat(100), fc.nat(1000), (numerator, start) => {
        const fraction = viewOf({ numerator });
        const taken = Array.from({ length: 100 }, (_, step) => fractionHolds(fraction, start + step));
        expect(taken.filter(Boolean).length / 100).toBe(fractionOf(fraction));
      }),
    );
  });
});
