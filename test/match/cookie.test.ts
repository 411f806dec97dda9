import { describe, expect, it } from 'vitest';
import { matchCookie, parseCookies } from '../../src/match/cookie.js';
import { viewOf } from './view-of.js';

describe('parseCookies', () => {
  it.each([
    ['', {}],
    ['user=jason', { user: 'jason' }],
    ['a=1; b=2;c=3', { a: '1', b: '2', c: '3' }],
    ['a=1; a=2', { a: '1' }],
    ['a="quoted"; b="', { a: 'quoted', b: '"' }],
    ['junk; a=b=c', { a: 'b=c' }],
    ['a =1', { 'a ': '1' }],
  ])('%j', (header, expected) => {
    expect(parseCookies(header)).toEqual(new Map(Object.entries(expected)));
  });
});

describe('matchCookie', () => {
  const headers = (name: string) => (name === 'cookie' ? 'user=jason; age=42' : undefined);

  it.each([
    [{ name: 'user', string_match: { exact: 'jason' } }, true, 'cookie user is exactly (hidden)'],
    [{ name: 'user', stringMatch: { exact: 'bob' } }, false, 'cookie user is (hidden), not exactly (hidden)'],
    [
      { name: 'user', stringMatch: { exact: 'bob' }, invert_match: true },
      true,
      'cookie user is (hidden), not exactly (hidden)',
    ],
    [
      { name: 'user', stringMatch: { prefix: 'j' }, invertMatch: true },
      false,
      'cookie user begins with "j", which invert_match excludes',
    ],
    [{ name: 'none', stringMatch: { exact: 'x' } }, false, 'cookie none is absent'],
    [{ name: 'none', stringMatch: { exact: 'x' }, invertMatch: true }, true, 'cookie none is absent'],
    [
      { name: 'none', stringMatch: { exact: '' }, treat_missing_cookie_as_empty: true },
      true,
      'cookie none is exactly (hidden)',
    ],
    [{ name: 'age', range_match: { start: '40', end: '50' } }, true, 'cookie age is in the range [40, 50)'],
    [{ name: 'user' }, true, 'cookie user is present'],
    [{ name: 'user', present_match: false }, false, 'cookie user is present'],
    [{ name: 'none', presentMatch: true, invertMatch: true }, true, 'cookie none is absent'],
  ])('%j: %s', (matcher, result, why) => {
    expect(matchCookie(viewOf(matcher), headers)).toEqual({ result, why });
  });

  it('takes a request without cookies', () => {
    expect(matchCookie(viewOf({ name: 'user' }), () => undefined).result).toBe(false);
  });
});
