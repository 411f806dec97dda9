import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  arrayItems,
  indexOfByte,
  keysAt,
  parseRange,
  ScanError,
  skipSpace,
  skipString,
  skipValue,
  stringIn,
  walkArray,
  walkObject,
} from '../../src/decode/scan.js';

const bytes = (text: string) => Buffer.from(text);

/** The members of an object by key, as text. */
function members(text: string): [string, string][] {
  const json = bytes(text);
  const found: [string, string][] = [];
  walkObject(json, 0, (key, at) => {
    const end = skipValue(json, at);
    found.push([key, json.toString('utf8', at, end)]);
    return end;
  });
  return found;
}

describe('skipSpace', () => {
  it.each([
    ['', 0, 0],
    ['x', 0, 0],
    [' \t\r\n x', 0, 5],
    ['x  ', 1, 3],
    ['\u00a0x', 0, 0],
  ])('in %j from %i is at %i', (text, from, expected) => {
    expect(skipSpace(bytes(text), from)).toBe(expected);
  });
});

describe('skipString', () => {
  it.each([
    '""',
    '"a"',
    '"\\""',
    '"\\\\"',
    '"\\\\\\""',
    '"\\u0022"',
    `"${'x'.repeat(46)}\\""`,
    `"${'x'.repeat(47)}\\""`,
  ])('ends where %s does', text => {
    expect(skipString(bytes(`${text}"rest`), 0)).toBe(text.length);
  });

  it('ends every string where JSON.parse ends it, however long and however escaped', () => {
    const part = fc.constantFrom('\\', '"', 'x'.repeat(20), 'ü', '\\\\');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 30 }), parts => {
        const json = bytes(JSON.stringify(parts.join('')));
        expect(skipString(Buffer.concat([json, bytes('"\\"')]), 0)).toBe(json.length);
      }),
    );
  });

  it.each(['"', '"abc', '"\\"', `"${'x'.repeat(100)}`, `"${'x'.repeat(100)}\\"`])('says that %s is cut', text => {
    expect(() => skipString(bytes(text), 0)).toThrow(new ScanError('the document ends inside a string', text.length));
  });
});

describe('skipValue', () => {
  it.each(['1', '-1.5e+3', 'true', 'null', '"a,b"', '{}', '[]', '[[{"a":"]"}],"["]', '{"a":{"b":"}"}}'])(
    'ends where %s does',
    text => {
      for (const after of [',1', '}', ' ', ']', '']) expect(skipValue(bytes(text + after), 0), after).toBe(text.length);
    },
  );

  it('does not mind depth', () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    expect(skipValue(bytes(deep), 0)).toBe(200_000);
  });

  it.each([
    ['', 'the document ends before a value', 0],
    [',', 'a value was expected', 0],
    ['{"a":1', 'the document ends 1 levels deep', 6],
    ['[[', 'the document ends 2 levels deep', 2],
    ['["a', 'the document ends inside a string', 3],
  ])('of %j says: %s', (text, message, offset) => {
    expect(() => skipValue(bytes(text), 0)).toThrow(new ScanError(message, offset));
    try {
      skipValue(bytes(text), 0);
    } catch (error) {
      expect(error).toMatchObject({ offset });
    }
  });
});

describe('walkObject', () => {
  it.each<[string, [string, string][]]>([
    ['{}', []],
    [
      '{ "a" : 1 , "b":[1] }',
      [
        ['a', '1'],
        ['b', '[1]'],
      ],
    ],
    [
      '{"a":1,"a":2}',
      [
        ['a', '1'],
        ['a', '2'],
      ],
    ],
    ['{"\\u0061":1}', [['a', '1']]],
    ['{"ü":1}', [['ü', '1']]],
    ['{"a/b":"~"}', [['a/b', '"~"']]],
    ['{"":null}', [['', 'null']]],
  ])('of %s finds %j', (text, expected) => {
    expect(members(text)).toEqual(expected);
  });

  it('tells apart keys of one length that begin and end alike', () => {
    const keys = ['abcde', 'aXcde', 'abcXe', 'aücd', 'a\\u0062', 'ab'];
    const text = `{${keys.map(key => `"${key}":1`).join(',')}}`;
    expect(members(text + text).map(([key]) => key)).toEqual(keys.map(key => JSON.parse(`"${key}"`)));
  });

  it.each([
    ['{', 'the document ends before a key', 1],
    ['{1:2}', 'a key was expected', 1],
    ['{"a"', 'the document ends before a colon', 4],
    ['{"a" 1}', 'a colon was expected', 5],
    ['{"a":', 'the document ends before a value', 5],
    ['{"a":}', 'a value was expected', 5],
    ['{"a":1', 'the document ends before a comma or the end of an object', 6],
    ['{"a":1]', 'a comma or the end of an object was expected', 6],
    ['{"a":1,}', 'a key was expected', 7],
  ])('of %s says: %s', (text, message, offset) => {
    expect(() => members(text)).toThrow(new ScanError(message, offset));
  });
});

describe('walkArray and arrayItems', () => {
  it.each([
    ['[]', 0],
    ['[ ]', 0],
    ['[1]', 1],
    ['[ 1 , "a" ,[2,3],{}]', 4],
  ])('of %s find %i items', (text, count) => {
    const json = bytes(text);
    const starts: number[] = [];
    const end = walkArray(json, 0, (index, at) => {
      expect(index).toBe(starts.length);
      starts.push(at);
      return skipValue(json, at);
    });
    expect(end).toBe(text.length);
    expect(starts).toHaveLength(count);
    expect([...arrayItems(json, 0)]).toEqual(starts);
  });

  it.each(['[', '[1', '[1,', '[1 2]', '[,]', '[1,]'])('of %s throw', text => {
    const json = bytes(text);
    expect(() => walkArray(json, 0, (_, at) => skipValue(json, at))).toThrow(ScanError);
    expect(() => [...arrayItems(json, 0)]).toThrow(ScanError);
  });

  it('reads no further than asked', () => {
    const [first] = arrayItems(bytes('[ {"a":1}, broken'), 0);
    expect(first).toBe(2);
  });
});

describe('keysAt', () => {
  it('gives the keys in order', () => {
    expect(keysAt(bytes('{"b":{"c":1},"a":2}'), 0)).toEqual(['b', 'a']);
  });
});

describe('parseRange and stringIn', () => {
  it('read what stands between two bytes', () => {
    const json = bytes('[{"a":"ü"},"b\\n"]');
    expect(parseRange(json, 1, 11)).toEqual({ a: 'ü' });
    expect(stringIn(json, 12, 17)).toBe('b\n');
  });

  it.each(['1', 'null', '["a"]', '"\\x"', '"\\u12"'])('stringIn takes no %s', text => {
    expect(stringIn(bytes(text), 0, text.length)).toBeNull();
  });

  it('parseRange says where it is not JSON', () => {
    expect(() => parseRange(bytes('[tru]'), 1, 4)).toThrow(ScanError);
  });
});

describe('indexOfByte', () => {
  it('finds a byte from a place on', () => {
    expect(indexOfByte(bytes('abcabc'), 0x62, 0)).toBe(1);
    expect(indexOfByte(bytes('abcabc'), 0x62, 2)).toBe(4);
    expect(indexOfByte(bytes('abcabc'), 0x62, 5)).toBe(-1);
  });
});
