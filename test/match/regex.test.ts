import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileRegex, isPlainPattern, PatternError } from '../../src/match/regex.js';

describe('compileRegex', () => {
  it.each([
    ['/reviews/[0-9]+', '/reviews/12', true, true],
    ['/reviews/[0-9]+', '/reviews/12/x', false, true],
    ['a|ab', 'ab', true, true],
    ['^$', '', true, true],
    ['(?i)jason', 'JASON', true, true],
    ['.*', 'a\nb', false, true],
    ['\\pL+', 'é', true, true],
    ['a$', 'a\n', false, false],
  ])('%s on %j: full %s, find %s', (pattern, value, full, find) => {
    const regex = compileRegex(pattern);
    expect([regex.full(value), regex.find(value)]).toEqual([full, find]);
  });

  it.each([
    ['/a/(.*)', '/b/\\1', '/a/x/y', '/b/x/y'],
    ['b*', '-', 'abc', '-a-c-'],
    ['a', '[\\0]', 'banana', 'b[a]n[a]n[a]'],
    ['(a)(b)?', '<\\2\\1>', 'aab', '<a><ba>'],
    ['a', '\\\\', 'xax', 'x\\x'],
    ['(a)', '\\2', 'a', 'a'],
    ['a', '1\\x2', 'aa', '11'],
    ['^/a', '/b', '/a/a', '/b/a'],
    ['é', 'e', 'été', 'ete'],
  ])('%s replaced by %s in %s', (pattern, substitution, value, expected) => {
    expect(compileRegex(pattern).replaceAll(value, substitution)).toBe(expected);
  });

  it('gives the named groups of a full match', () => {
    const regex = compileRegex('/(?P<lang>[a-z]+)(?P<rest>/.*)?');
    expect(regex.captures('/en')).toEqual(
      new Map([
        ['lang', 'en'],
        ['rest', ''],
      ]),
    );
    expect(regex.captures('en')).toBeNull();
  });

  it.each(['(?=a)', '(a)\\1', 'a++', '[z-a]', '(', 'a{1001}'])('refuses %s as RE2 does', pattern => {
    expect(() => compileRegex(pattern)).toThrow(PatternError);
  });

  it('says which pattern was refused and why', () => {
    try {
      compileRegex('a(');
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ pattern: 'a(', reason: 'missing closing ): `a(`' });
    }
  });

  it.each([
    ['(a+)+$', `${'a'.repeat(40)}b`],
    ['(a|a)*c', 'a'.repeat(5000)],
    ['(.*a){25}', 'a'.repeat(24)],
  ])('an exponential pattern finishes: %s', (pattern, value) => {
    const start = performance.now();
    expect(compileRegex(pattern).full(value)).toBe(false);
    expect(compileRegex(pattern, 'ecmascript').full(value)).toBe(false);
    expect(performance.now() - start).toBeLessThan(1000);
  });

  it('keeps no more than a bounded number of compiled patterns', () => {
    const first = compileRegex('cached');
    expect(compileRegex('cached')).toBe(first);
    for (let index = 0; index < 2000; index++) compileRegex(`p${index}`);
    expect(compileRegex('cached')).not.toBe(first);
  });
});

describe('the ECMAScript dialect of API v2', () => {
  it.each([
    ['^(.*?;)?(user=jason)(;.*)?$', 'a=b;user=jason', true],
    ['[^/]+\\.[a-z]{2,}', 'x.html', true],
    ['(?:a|b)[(?=]', 'a=', true],
    ['a\\(?=', 'a(=', true],
    ['[[:digit:](?=]+', '1(', true],
  ])('%s on %s: %s', (pattern, value, expected) => {
    expect(compileRegex(pattern, 'ecmascript').full(value)).toBe(expected);
  });

  it.each([
    ['(a)\\1', 'a backreference'],
    ['(?i)a', 'a group that ECMAScript does not have'],
    ['\\u0041', 'a character escape'],
    ['[\\cA]', 'a character escape'],
    ['\\Aa\\z', 'an escape that ECMAScript does not have'],
    ['[]a]', 'an empty character class'],
    ['[^]', 'an empty character class'],
  ])('%s is not evaluated: %s', (pattern, feature) => {
    expect(() => compileRegex(pattern, 'ecmascript')).toThrow(
      `the v2 regex uses ECMAScript features (${feature}) that are not evaluated`,
    );
  });
});

describe('isPlainPattern', () => {
  it.each(['/reviews/.*', '\\.default\\.svc', 'a|b', 'v1-2', ''])('knows %s at once', pattern => {
    expect(isPlainPattern(pattern)).toBe(true);
  });

  it('knows none that RE2 refuses (property)', () => {
    const pattern = fc.string({ unit: fc.constantFrom(...'a1/|.*+?\\-()[]{}^$ ,'), maxLength: 8 });
    fc.assert(
      fc.property(pattern, text => {
        if (isPlainPattern(text)) compileRegex(text);
      }),
      { numRuns: 5000 },
    );
  });
});
