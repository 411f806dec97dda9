import { describe, expect, it } from 'vitest';
import { parseTextProto } from '../../../src/decode/test-file/text-proto.js';

describe('parseTextProto', () => {
  it.each([
    ['a: 1 b: -2.5 c: 1e3 d: 2f', { a: 1, b: -2.5, c: 1000, d: 2 }],
    ['a: "x\\"\\n" \'y\'', { a: 'x"\ny' }],
    ['a: true, b: false; c: ENUM', { a: true, b: false, c: 'ENUM' }],
    ['a { b: 1 } a: { b: 2 }', { a: [{ b: 1 }, { b: 2 }] }],
    ['a < b: [1, 2] >', { a: { b: [1, 2] } }],
    ['# comment\na: 1 # another', { a: 1 }],
    ['', {}],
  ])('%j', (text, expected) => {
    expect(parseTextProto(text)).toEqual(expected);
  });

  it.each([
    ['a 1', '1 stands where : was expected'],
    ['a {', 'the text ends too early'],
    ['1: 2', '1 is no field name'],
    ['a: "x', '"\\"x" was not expected'],
    ['a: [1', 'the text ends too early'],
  ])('refuses %j', (text, message) => {
    expect(() => parseTextProto(text)).toThrow(message);
  });
});
