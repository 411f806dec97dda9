import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileLookahead } from '../../src/match/lookahead.js';

describe('compileLookahead', () => {
  it.each([
    ['^/users/\\d+/chargeaccounts/(?!validate)\\w+$', '/users/123/chargeaccounts/hello123', true],
    ['^/users/\\d+/chargeaccounts/(?!validate)\\w+$', '/users/123/chargeaccounts/validate', false],
    ['(?!/api).*', '/web', true],
    ['(?!/api).*', '/api/x', false],
    ['(?=.*a)(?=.*b)[a-c]{2,4}', 'cab', true],
    ['(?=.*a)(?=.*b)[a-c]{2,4}', 'cac', false],
    ['a(?!b)|ab\\b', 'ab', true],
    ['(?:x(?=y)y)+?', 'xyxy', true],
  ])('%s on %s: %s', (pattern, value, expected) => {
    expect(compileLookahead(pattern)?.full(value)).toBe(expected);
  });

  it('finds a match anywhere', () => {
    expect(compileLookahead('b(?!c)')?.find('abcabd')).toBe(true);
    expect(compileLookahead('b(?!c)')?.find('abcabc')).toBe(false);
  });

  it('agrees with JavaScript on small patterns', () => {
    const atom = fc.constantFrom('a', 'b', '[ab]', '.', '(?!a)', '(?=b)', '(?:a|b(?!b))', '(a(?=b))', '^', '$', '\\b');
    const quantifier = fc.constantFrom('', '', '*', '+', '?', '{1,2}');
    const isAssertion = (text: string) => /^(\(\?[!=]|\^|\$|\\b)/.test(text);
    const part = fc.tuple(atom, quantifier).map(([text, count]) => (isAssertion(text) ? text : text + count));
    const pattern = fc.array(part, { minLength: 1, maxLength: 5 }).map(parts => parts.join(''));
    const value = fc.array(fc.constantFrom('a', 'b', ' '), { maxLength: 6 }).map(letters => letters.join(''));
    fc.assert(
      fc.property(pattern, value, (text, subject) => {
        expect(compileLookahead(text)?.full(subject)).toBe(new RegExp(`^(?:${text})$`, 's').test(subject));
      }),
      { numRuns: 2000 },
    );
  });

  it('answers in no time where backtracking takes forever', () => {
    expect(compileLookahead('(?!x)(a+)+(?!b)c')?.full(`${'a'.repeat(200)}b`)).toBe(false);
  });

  it.each(['(?!a', 'a**', '(?!\\1)', '[z-a](?!b)', `(?!a)${'('.repeat(500)}`])('refuses %s', pattern => {
    expect(compileLookahead(pattern)).toBeNull();
  });
});
