import { describe, expect, it } from 'vitest';
import { matchMetadata, matchValue } from '../../src/match/value-matcher.js';
import { viewOf } from './view-of.js';

describe('matchValue', () => {
  it.each([
    [{ null_match: {} }, null, true],
    [{ null_match: {} }, undefined, false],
    [{ double_match: { exact: 1.5 } }, 1.5, true],
    [{ double_match: { exact: 1.5 } }, '1.5', false],
    [{ double_match: { range: { start: 1, end: 2 } } }, 1, true],
    [{ doubleMatch: { range: { start: 1, end: 2 } } }, 2, false],
    [{ string_match: { exact: 'a' } }, 'a', true],
    [{ stringMatch: { prefix: 'a' } }, 'b', false],
    [{ string_match: { exact: '1' } }, 1, false],
    [{ bool_match: true }, true, true],
    [{ bool_match: false }, false, true],
    [{ bool_match: false }, undefined, false],
    [{ bool_match: true }, 'true', false],
    [{ present_match: true }, 0, true],
    [{ present_match: true }, null, true],
    [{ present_match: true }, undefined, false],
    [{ present_match: false }, undefined, false],
    [{ present_match: false }, 1, false],
    [{ list_match: { one_of: { string_match: { exact: 'a' } } } }, ['b', 'a'], true],
    [{ listMatch: { oneOf: { stringMatch: { exact: 'a' } } } }, ['b'], false],
    [{ list_match: { one_of: { string_match: { exact: 'a' } } } }, 'a', false],
    [{ or_match: { value_matchers: [{ bool_match: true }, { string_match: { exact: 'a' } }] } }, 'a', true],
    [{ orMatch: { valueMatchers: [{ boolMatch: true }] } }, 'a', false],
  ])('%j of %j: %s', (matcher, value, expected) => {
    expect(matchValue(viewOf(matcher), value)).toBe(expected);
  });

  it.each([
    [{}, 'a value matcher without a pattern'],
    [{ string_match: {} }, 'a string matcher without a pattern'],
    [{ list_match: {} }, 'a list matcher without a pattern'],
  ])('%j is not decided: %s', (matcher, what) => {
    expect(matchValue(viewOf(matcher), 'a')).toEqual({ unknown: 'unsupported', what });
  });
});

it('gives up on what is nested deeper than protobuf allows', () => {
  let matcher: Record<string, unknown> = { bool_match: true };
  for (let depth = 0; depth < 20_000; depth++) matcher = { or_match: { value_matchers: [matcher] } };
  const what = 'a value matcher nested deeper than 100 levels';
  expect(matchValue(viewOf(matcher), true)).toEqual({ unknown: 'unsupported', what });
});

describe('matchMetadata', () => {
  const metadata = (filter: string) =>
    filter === 'envoy.filters.http.jwt_authn' ? { payload: { sub: 'jason', groups: ['a', 'b'] }, flat: 1 } : undefined;

  it.each([
    [
      {
        filter: 'envoy.filters.http.jwt_authn',
        path: [{ key: 'payload' }, { key: 'sub' }],
        value: { string_match: { exact: 'jason' } },
      },
      true,
    ],
    [
      {
        filter: 'envoy.filters.http.jwt_authn',
        path: [{ key: 'payload' }, { key: 'groups' }],
        value: { list_match: { one_of: { string_match: { exact: 'b' } } } },
      },
      true,
    ],
    [
      { filter: 'envoy.filters.http.jwt_authn', path: [{ key: 'flat' }, { key: 'x' }], value: { present_match: true } },
      false,
    ],
    [{ filter: 'envoy.filters.http.jwt_authn', path: [{ key: 'toString' }], value: { present_match: true } }, false],
    [{ filter: 'envoy.filters.http.jwt_authn', path: [], value: { present_match: true } }, false],
    [{ filter: 'other', path: [{ key: 'payload' }], value: { present_match: true } }, false],
    [{ filter: 'other', path: [{ key: 'payload' }], value: { present_match: true }, invert: true }, true],
  ])('%j: %s', (matcher, expected) => {
    expect(matchMetadata(viewOf(matcher), metadata)).toBe(expected);
  });

  it('keeps what is not decided under invert', () => {
    const what = 'a value matcher without a pattern';
    expect(matchMetadata(viewOf({ filter: 'x', path: [{ key: 'a' }], value: {}, invert: true }), metadata)).toEqual({
      unknown: 'unsupported',
      what,
    });
    expect(matchMetadata(viewOf({ filter: 'x' }), metadata)).toMatchObject({ unknown: 'unsupported' });
  });
});
