import { describe, expect, it } from 'vitest';
import { isObject, jsonOf, text } from '../../src/decode/json.js';

describe('jsonOf', () => {
  it.each([
    ['{"a":[1]}', { a: [1] }],
    ['null', null],
    ['{"a":', undefined],
    ['', undefined],
  ])('%s', (json, value) => {
    expect(jsonOf(json)).toEqual(value);
  });
});

it.each([
  [{}, true],
  [[], false],
  [null, false],
  ['a', false],
])('whether %j is an object: %s', (value, expected) => {
  expect(isObject(value)).toBe(expected);
});

it.each([
  ['a', 'a'],
  ['', null],
  [1, null],
])('what %j says: %s', (value, expected) => {
  expect(text(value)).toBe(expected);
});
