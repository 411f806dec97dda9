import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { View } from '../../src/model/view.js';
import { areAlike, likeness } from '../../src/trace/likeness.js';

const MESSAGE = { name: 'a' };

class Thing {
  readonly name = 'a';
}

const THING = new Thing();

describe('likeness', () => {
  it('is the same for data only where it holds the same (property)', () => {
    const value = fc.jsonValue({ maxDepth: 3 });
    fc.assert(
      fc.property(value, value, (a, b) => {
        const same = isDeepStrictEqual(JSON.parse(JSON.stringify(a)), JSON.parse(JSON.stringify(b)));
        if (likeness(a) === likeness(b)) expect(same).toBe(true);
        expect(likeness(structuredClone(a))).toBe(likeness(a));
        expect(areAlike(a, b)).toBe(likeness(a) === likeness(b));
        expect(areAlike(a, structuredClone(a))).toBe(true);
      }),
    );
  });

  it.each<[string, unknown, unknown]>([
    ['a number and its text', 1, '1'],
    ['null and its text', null, '-'],
    ['null and undefined', null, undefined],
    ['no number and null', Number.NaN, null],
    ['an absent field and an undefined one', {}, { a: undefined }],
    ['a list and the lists in it', [1, [2]], [[1], 2]],
    ['one text and two', ['a,1:b'], ['a', 'b']],
    ['a map and a list of its pairs', new Map([['a', 1]]), [['a', 1]]],
    ['a set and a list', new Set(['a']), ['a']],
    ['equal messages of two places', new View(MESSAGE, '/0'), new View({ ...MESSAGE }, '/1')],
    ['one message by two pointers', new View(MESSAGE, '/0'), new View(MESSAGE, '/1')],
    ['two objects of one class', THING, new Thing()],
    ['two functions', () => 1, () => 1],
  ])('tells %s apart', (_, a, b) => {
    expect(likeness(a)).not.toBe(likeness(b));
    expect(areAlike(a, b)).toBe(false);
  });

  it.each<[string, unknown, unknown]>([
    ['views of one message', new View(MESSAGE, '/0'), new View(MESSAGE, '/0')],
    ['one object of a class', THING, THING],
    ['maps of the same', new Map([['a', [1]]]), new Map([['a', [1]]])],
  ])('takes %s for the same', (_, a, b) => {
    expect(likeness(a)).toBe(likeness(b));
    expect(areAlike(a, b)).toBe(true);
  });
});
