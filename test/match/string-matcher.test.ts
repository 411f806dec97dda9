import { describe, expect, it } from 'vitest';
import { matchString } from '../../src/match/string-matcher.js';
import { subjectOf } from '../../src/match/string-test.js';
import { viewOf } from './view-of.js';

describe('matchString', () => {
  it.each([
    [{ exact: 'jason' }, 'jason', true, '"jason" is exactly "jason"'],
    [{ exact: 'jason' }, 'Jason', false, '"Jason" is not exactly "jason"'],
    [{ exact: 'jason', ignore_case: true }, 'JASON', true, '"JASON" is exactly "jason"'],
    [{ exact: '' }, '', true, '"" is exactly ""'],
    [{ exact: 'É', ignoreCase: true }, 'é', false, '"é" is not exactly "É"'],
    [{ prefix: 'spiffe://a' }, 'spiffe://a/ns/b', true, '"spiffe://a/ns/b" begins with "spiffe://a"'],
    [{ prefix: 'A', ignoreCase: true }, 'abc', true, '"abc" begins with "A"'],
    [{ suffix: '.com' }, 'a.org', false, '"a.org" does not end with ".com"'],
    [{ suffix: '.COM', ignoreCase: true }, 'a.com', true, '"a.com" ends with ".COM"'],
    [{ contains: 'ell' }, 'hello', true, '"hello" contains "ell"'],
    [{ contains: 'ELL', ignoreCase: true }, 'hello', true, '"hello" contains "ELL"'],
    [{ contains: 'x' }, 'hello', false, '"hello" does not contain "x"'],
    [{ safe_regex: { google_re2: {}, regex: 'a.c' } }, 'abc', true, '"abc" matches the regex a.c'],
    [{ safeRegex: { regex: 'a.c' } }, 'abcd', false, '"abcd" does not match the regex a.c'],
    [{ safeRegex: { regex: 'abc' }, ignoreCase: true }, 'ABC', false, '"ABC" does not match the regex abc'],
    [{ regex: '^a+$' }, 'aa', true, '"aa" matches the regex ^a+$'],
  ])('%j of %j: %s', (matcher, value, result, why) => {
    expect(matchString(viewOf(matcher), value)).toEqual({ result, why });
  });

  it.each([
    [{}, 'a string matcher without a pattern'],
    [{ ignoreCase: true }, 'a string matcher without a pattern'],
    [{ safeRegex: { regex: 'a(' } }, 'regex a( is not RE2: missing closing ): `a(`'],
    [
      { regex: '(a)\\1' },
      'regex (a)\\1 is not RE2: the v2 regex uses ECMAScript features (a backreference) that are not evaluated',
    ],
    [
      {
        custom: {
          name: 'lua',
          typed_config: { '@type': 'type.googleapis.com/envoy.extensions.string_matcher.lua.v3.Lua' },
        },
      },
      'string matcher envoy.extensions.string_matcher.lua.v3.Lua',
    ],
  ])('%j is not evaluated: %s', (matcher, what) => {
    expect(matchString(viewOf(matcher), 'a')).toEqual({ result: { unknown: 'unsupported', what }, why: what });
  });

  it.each([
    [{ exact: 'REDACTED' }],
    [{ exact: 'Bearer REDACTED' }],
    [{ prefix: 'Basic REDACTED', ignore_case: true }],
    [{ contains: 'REDACTED' }],
    [{ safe_regex: { regex: 'REDACTED' } }],
  ])('%j is not known any more: it was taken out when it was captured', matcher => {
    expect(matchString(viewOf(matcher), 'Bearer abc').result).toEqual({
      unknown: 'needs-input',
      what: 'what it is compared with, which was redacted when the configuration was captured',
    });
  });

  it('names the subject and hides what is secret', () => {
    const subject = subjectOf('header x-token');
    expect(matchString(viewOf({ exact: 'abc"def' }), 'secret', subject).why).toBe(
      'header x-token is (hidden), not exactly (hidden)',
    );
    expect(matchString(viewOf({ exact: 'secret' }), 'secret', subject).why).toBe('header x-token is exactly (hidden)');
    expect(matchString(viewOf({ prefix: 'Bearer ' }), 'Basic x', subject).why).toBe(
      'header x-token is (hidden), which does not begin with "Bearer "',
    );
    for (const [matcher, why] of [
      [{ prefix: 'Bearer s3' }, 'header x-token begins with (hidden)'],
      [{ suffix: 'cret' }, 'header x-token ends with (hidden)'],
      [{ contains: 's3cr' }, 'header x-token contains (hidden)'],
      [{ safe_regex: { regex: '.*(s3cret|other)' } }, 'header x-token matches the regex (hidden)'],
      [{ safe_regex: { regex: 'Bearer .*' } }, 'header x-token matches the regex Bearer .*'],
    ] as const)
      expect(matchString(viewOf(matcher), 'Bearer s3cret', subject).why).toBe(why);
  });

  it('cuts a long value and escapes control characters', () => {
    const { why } = matchString(viewOf({ exact: 'a\u001b[31m' }), 'x'.repeat(500));
    expect(why).toBe(`"${'x'.repeat(200)}…" is not exactly "a\\u001b[31m"`);
  });
});
