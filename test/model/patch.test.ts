import { describe, expect, it } from 'vitest';
import { applyJsonPatch, applyMergePatch, PatchError, patchOperations } from '../../src/model/patch.js';

const patched = (document: unknown, operations: unknown[]) => applyJsonPatch(document, patchOperations(operations));

describe('JSON Patch (RFC 6902)', () => {
  it.each([
    ['add a field', { a: 1 }, [{ op: 'add', path: '/b', value: 2 }], { a: 1, b: 2 }],
    ['add over a field', { a: 1 }, [{ op: 'add', path: '/a', value: 2 }], { a: 2 }],
    ['add before a place', { a: [1, 3] }, [{ op: 'add', path: '/a/1', value: 2 }], { a: [1, 2, 3] }],
    ['add behind the end', { a: [1] }, [{ op: 'add', path: '/a/-', value: 2 }], { a: [1, 2] }],
    ['add at the end', { a: [1] }, [{ op: 'add', path: '/a/1', value: 2 }], { a: [1, 2] }],
    ['add the whole document', { a: 1 }, [{ op: 'add', path: '', value: [] }], []],
    ['remove a field', { a: 1, b: 2 }, [{ op: 'remove', path: '/a' }], { b: 2 }],
    ['remove a place', [1, 2, 3], [{ op: 'remove', path: '/1' }], [1, 3]],
    ['replace', { a: { b: 1 } }, [{ op: 'replace', path: '/a/b', value: null }], { a: { b: null } }],
    ['move', { a: { b: 1 }, c: [] }, [{ op: 'move', from: '/a/b', path: '/c/-' }], { a: {}, c: [1] }],
    ['copy', { a: [{ n: 1 }] }, [{ op: 'copy', from: '/a/0', path: '/a/-' }], { a: [{ n: 1 }, { n: 1 }] }],
    [
      'test, whatever the order of fields',
      { a: { x: 1, y: [2] } },
      [{ op: 'test', path: '/a', value: { y: [2], x: 1 } }],
      { a: { x: 1, y: [2] } },
    ],
    [
      'escaped keys',
      { 'a/b': 1, 'c~d': 2 },
      [
        { op: 'remove', path: '/a~1b' },
        { op: 'replace', path: '/c~0d', value: 3 },
      ],
      { 'c~d': 3 },
    ],
  ])('%s', (_, document, operations, expected) => {
    const before = structuredClone(document);
    expect(patched(document, operations)).toEqual(expected);
    expect(document).toEqual(before);
  });

  it.each([
    [
      'a field that is not there',
      { a: 1 },
      [{ op: 'remove', path: '/b' }],
      'operation 1 (remove /b): nothing stands at /b: there is no b',
    ],
    ['no parent', {}, [{ op: 'add', path: '/a/b', value: 1 }], 'nothing stands at /a/b: there is no a'],
    ['a place beyond the end', [1], [{ op: 'add', path: '/2', value: 1 }], 'the list has no place 2: it has 2 here'],
    ['a leading zero', [1], [{ op: 'replace', path: '/00', value: 1 }], '00 is no place in a list'],
    ['a text that is no pointer', {}, [{ op: 'add', path: 'a', value: 1 }], 'a is not a JSON pointer'],
    ['a test that fails', { a: 1 }, [{ op: 'test', path: '/a', value: '1' }], 'the value there is another one'],
    ['a move into itself', { a: {} }, [{ op: 'move', from: '/a', path: '/a/b' }], 'cannot be moved into itself'],
    [
      'a field inside a string',
      { a: 'x' },
      [{ op: 'add', path: '/a/b', value: 1 }],
      'what is above it is no object or list',
    ],
    ['an unknown operation', {}, [{ op: 'merge', path: '/a' }], 'operation 1: op merge is unknown'],
    ['no value', {}, [{ op: 'add', path: '/a' }], 'operation 1 (add) has no value'],
    ['no from', {}, [{ op: 'copy', path: '/a' }], 'operation 1 (copy) has no from'],
  ])('refuses %s', (_, document, operations, message) => {
    const attempt = () => patched(document, operations);
    expect(attempt).toThrow(PatchError);
    expect(attempt).toThrow(message);
  });

  it('makes fields of names that objects have by themselves', () => {
    const document = JSON.parse('{"a":{}}');
    expect(JSON.stringify(patched(document, [{ op: 'add', path: '/__proto__', value: 1 }]))).toBe(
      '{"a":{},"__proto__":1}',
    );
    expect(() => patched(document, [{ op: 'replace', path: '/constructor', value: 1 }])).toThrow(
      'there is no constructor',
    );
  });
});

describe('merge patch (RFC 7386, appendix A)', () => {
  it.each([
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b' }, { a: null }, {}],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    [
      ['a', 'b'],
      ['c', 'd'],
      ['c', 'd'],
    ],
    [{ a: 'b' }, ['c'], ['c']],
    [{ a: 'foo' }, null, null],
    [{ a: 'foo' }, 'bar', 'bar'],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [[1, 2], { a: 'b', c: null }, { a: 'b' }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ])('%j with %j is %j', (target, patch, expected) => {
    expect(applyMergePatch(target, patch)).toEqual(expected);
  });
});
