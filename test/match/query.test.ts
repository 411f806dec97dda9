import { describe, expect, it } from 'vitest';
import { matchQuery, parseQuery } from '../../src/match/query.js';
import { viewOf } from './view-of.js';

describe('parseQuery', () => {
  it.each([
    ['/a', {}],
    ['/a?', {}],
    ['/a?b', { b: '' }],
    ['/a?b=', { b: '' }],
    ['/a?b=1&c=2', { b: '1', c: '2' }],
    ['/a?b=1&b=2', { b: '1' }],
    ['/a?b=1=2', { b: '1=2' }],
    ['/a?b=%20+&c', { b: '%20+', c: '' }],
    ['/a?b?c=d', { 'b?c': 'd' }],
    ['/a?&b=1', { '': '', b: '1' }],
  ])('%s', (path, expected) => {
    expect(parseQuery(path)).toEqual(new Map(Object.entries(expected)));
  });
});

describe('matchQuery', () => {
  const query = parseQuery('/a?debug=true&flag&token=abc');

  it.each([
    [{ name: 'debug', string_match: { exact: 'true' } }, true, 'query parameter debug is exactly "true"'],
    [
      { name: 'debug', stringMatch: { prefix: 'x' } },
      false,
      'query parameter debug is "true", which does not begin with "x"',
    ],
    [{ name: 'none', stringMatch: { exact: '' } }, false, 'query parameter none is absent'],
    [{ name: 'flag', stringMatch: { exact: '' } }, true, 'query parameter flag is exactly ""'],
    [{ name: 'flag' }, true, 'query parameter flag is present'],
    [{ name: 'none' }, false, 'query parameter none is absent'],
    [{ name: 'flag', present_match: true }, true, 'query parameter flag is present'],
    [{ name: 'flag', presentMatch: false }, false, 'query parameter flag is present'],
    [{ name: 'none', presentMatch: false }, true, 'query parameter none is absent'],
    [{ name: 'debug', value: 'true' }, true, 'query parameter debug is exactly "true"'],
    [{ name: 'debug', value: 't.*', regex: true }, true, 'query parameter debug matches the regex t.*'],
    [{ name: 'debug', value: 't.*', regex: false }, false, 'query parameter debug is "true", not exactly "t.*"'],
    [{ name: 'Debug', value: 'true' }, false, 'query parameter Debug is absent'],
    [{ name: 'token', value: 'x' }, false, 'query parameter token is (hidden), not exactly (hidden)'],
  ])('%j: %s', (matcher, result, why) => {
    expect(matchQuery(viewOf(matcher), query)).toEqual({ result, why });
  });

  it('does not decide on a v2 pattern with a backreference', () => {
    const { result } = matchQuery(viewOf({ name: 'debug', value: '(t)\\1.*', regex: true }), query);
    expect(result).toMatchObject({ unknown: 'unsupported' });
  });
});
