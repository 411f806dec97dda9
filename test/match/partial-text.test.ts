import { describe, expect, it } from 'vitest';
import { unknownPart } from '../../src/match/partial-text.js';
import { matchString } from '../../src/match/string-matcher.js';
import { needsInput, type Ternary } from '../../src/match/ternary.js';
import type { Json } from '../support/minimal-proxy.js';
import { viewOf } from './view-of.js';

const GAP = unknownPart('the hash');
const UNKNOWN = needsInput('the hash');

describe('a text of which a part is not known', () => {
  const text = `Hash=${GAP};URI=a`;

  it.each<[string, Json, string, Ternary]>([
    ['may be exactly this', { exact: 'Hash=1;URI=a' }, text, UNKNOWN],
    ['may have nothing in the gap', { exact: 'Hash=;URI=a' }, text, UNKNOWN],
    ['is not what ends otherwise', { exact: 'Hash=1;URI=b' }, text, false],
    ['is not what begins otherwise', { exact: 'URI=a' }, text, false],
    ['is not what is too short', { exact: 'aba' }, `ab${GAP}ba`, false],
    ['has a part between two gaps', { exact: 'x;y' }, `${GAP};${GAP}`, UNKNOWN],
    ['lacks a part between two gaps', { exact: 'xy' }, `${GAP};${GAP}`, false],
    ['begins with what is known', { prefix: 'Ha' }, text, true],
    ['may begin with more', { prefix: 'Hash=1' }, text, UNKNOWN],
    ['does not begin with another one', { prefix: 'By=' }, text, false],
    ['ends with what is known', { suffix: 'URI=a' }, text, true],
    ['may end with more', { suffix: '1;URI=a' }, text, UNKNOWN],
    ['does not end with another one', { suffix: 'URI=b' }, text, false],
    ['contains what is known', { contains: 'URI=' }, text, true],
    ['may contain anything', { contains: 'x' }, text, UNKNOWN],
    ['ignores case', { contains: 'uri=', ignore_case: true }, text, true],
    ['may match a regex', { safe_regex: { regex: 'Hash=.*' } }, text, UNKNOWN],
  ])('%s', (_, matcher, value, result) => {
    expect(matchString(viewOf(matcher), value).result).toEqual(result);
  });

  it('tells all that is missing once', () => {
    const value = `${GAP};${GAP};${unknownPart('the principal')}`;
    expect(matchString(viewOf({ contains: 'a' }), value)).toEqual({
      result: needsInput('the hash and the principal'),
      why: 'the value depends on the hash and the principal',
    });
  });
});
