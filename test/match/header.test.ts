import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type HeaderLookup, matchHeader } from '../../src/match/header.js';
import { viewOf } from './view-of.js';

const SENT: Record<string, string> = {
  'end-user': 'bob',
  'x-number': '42',
  'x-big': '9223372036854775807',
  'x-many': 'a,b',
  'x-empty': '',
  authorization: 'Bearer s3cret',
  cookie: 'user=jason',
  ':path': '/reviews?id=1',
  ':method': 'GET',
};
const headers: HeaderLookup = name => SENT[name];

describe('matchHeader', () => {
  it.each([
    [{ name: 'end-user', exact_match: 'bob' }, true, 'header end-user is exactly "bob"'],
    [{ name: 'End-User', exactMatch: 'jason' }, false, 'header end-user is "bob", not exactly "jason"'],
    [{ name: 'end-user', exactMatch: '' }, true, 'header end-user is present'],
    [{ name: 'missing', exactMatch: 'x' }, false, 'header missing is absent'],
    [{ name: 'end-user', prefix_match: 'b' }, true, 'header end-user begins with "b"'],
    [{ name: 'end-user', prefixMatch: 'j' }, false, 'header end-user is "bob", which does not begin with "j"'],
    [{ name: 'end-user', suffixMatch: 'ob' }, true, 'header end-user ends with "ob"'],
    [{ name: 'end-user', containsMatch: 'o' }, true, 'header end-user contains "o"'],
    [{ name: 'end-user', regex_match: '^b.*' }, true, 'header end-user matches the regex ^b.*'],
    [
      { name: 'end-user', safe_regex_match: { regex: 'b' } },
      false,
      'header end-user is "bob", which does not match the regex b',
    ],
    [{ name: 'end-user', string_match: { exact: 'BOB', ignore_case: true } }, true, 'header end-user is exactly "BOB"'],
    [{ name: 'x-many', exactMatch: 'a,b' }, true, 'header x-many is exactly "a,b"'],
    [{ name: ':path', prefixMatch: '/reviews?' }, true, 'header :path begins with "/reviews?"'],
    [{ name: 'x-number', range_match: { start: '42', end: '43' } }, true, 'header x-number is in the range [42, 43)'],
    [
      { name: 'x-number', rangeMatch: { start: 1, end: 42 } },
      false,
      'header x-number is "42", not in the range [1, 42)',
    ],
    [{ name: 'x-number', rangeMatch: { end: '100' } }, true, 'header x-number is in the range [0, 100)'],
    [
      { name: 'x-big', rangeMatch: { start: '9223372036854775806', end: '9223372036854775807' } },
      false,
      'header x-big is "9223372036854775807", not in the range [9223372036854775806, 9223372036854775807)',
    ],
    [
      { name: 'end-user', rangeMatch: { start: 0, end: 9 } },
      false,
      'header end-user is "bob", not in the range [0, 9)',
    ],
    [{ name: 'end-user' }, true, 'header end-user is present'],
    [{ name: 'missing' }, false, 'header missing is absent'],
    [{ name: 'end-user', present_match: true }, true, 'header end-user is present'],
    [{ name: 'end-user', present_match: false }, false, 'header end-user is present'],
    [{ name: 'missing', present_match: false }, true, 'header missing is absent'],
  ])('%j: %s', (matcher, result, why) => {
    expect(matchHeader(viewOf(matcher), headers)).toEqual({ result, why });
  });

  it.each([
    [{ name: 'end-user', exactMatch: 'jason' }, true, 'header end-user is "bob", not exactly "jason"'],
    [{ name: 'end-user', exactMatch: 'bob' }, false, 'header end-user is exactly "bob", which invert_match excludes'],
    [{ name: 'missing', exactMatch: 'x' }, false, 'header missing is absent, which fails even under invert_match'],
    [{ name: 'missing', presentMatch: true }, true, 'header missing is absent'],
    [{ name: 'end-user', presentMatch: true }, false, 'header end-user is present'],
    [{ name: 'missing', presentMatch: false }, false, 'header missing is absent'],
    [
      { name: 'missing', exactMatch: 'x', treat_missing_header_as_empty: true },
      true,
      'header missing is "", not exactly "x"',
    ],
  ])('inverted %j: %s', (matcher, result, why) => {
    expect(matchHeader(viewOf({ ...matcher, invert_match: true }), headers)).toEqual({ result, why });
  });

  it('takes an absent header as empty where told to', () => {
    const matcher = viewOf({ name: 'missing', string_match: { exact: '' }, treatMissingHeaderAsEmpty: true });
    expect(matchHeader(matcher, headers).result).toBe(true);
  });

  it.each([
    [{ name: 'authorization', exactMatch: 'Bearer other' }, 'header authorization is (hidden), not exactly (hidden)'],
    [{ name: 'Authorization', exactMatch: 'Bearer s3cret' }, 'header authorization is exactly (hidden)'],
    [
      { name: 'cookie', regexMatch: '.*admin.*' },
      'header cookie is (hidden), which does not match the regex .*admin.*',
    ],
  ])('prints no secret: %j', (matcher, why) => {
    expect(matchHeader(viewOf(matcher), headers).why).toBe(why);
  });

  it('does not decide on a pattern that RE2 refuses', () => {
    const outcome = matchHeader(viewOf({ name: 'end-user', regexMatch: '(b)\\1.*', invertMatch: true }), headers);
    expect(outcome.result).toMatchObject({ unknown: 'unsupported' });
    expect(outcome.why).toContain('header end-user: regex (b)\\1.* is not RE2');
  });

  it('agrees with a plain reading of the rules', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 3 });
    const kind = fc.constantFrom('exact', 'prefix', 'suffix', 'contains');
    fc.assert(
      fc.property(
        fc.option(text, { nil: undefined }),
        text,
        kind,
        fc.boolean(),
        fc.boolean(),
        (value, pattern, form, invert, asEmpty) => {
          const matcher = {
            name: 'x',
            string_match: { [form]: pattern },
            invert_match: invert,
            treat_missing_header_as_empty: asEmpty,
          };
          const seen = value ?? (asEmpty ? '' : undefined);
          const expected = seen !== undefined && naive(form, seen, pattern) !== invert;
          expect(matchHeader(viewOf(matcher), () => value).result).toBe(expected);
        },
      ),
    );
  });
});

function naive(form: string, value: string, pattern: string): boolean {
  if (form === 'exact') return value === pattern;
  if (form === 'prefix') return value.slice(0, pattern.length) === pattern;
  if (form === 'suffix') return pattern === '' || value.slice(-pattern.length) === pattern;
  return value.split(pattern).length > 1 || pattern === '';
}
