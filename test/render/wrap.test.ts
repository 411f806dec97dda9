import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coloured } from '../../src/render/paint.js';
import { columns, hang, padColumns, wrap } from '../../src/render/wrap.js';

describe('wrap', () => {
  it.each([
    ['breaks at spaces', 'one two three', 7, ['one two', 'three']],
    [
      'keeps a long word whole',
      'see upstream_reset_before_response_started here',
      10,
      ['see', 'upstream_reset_before_response_started', 'here'],
    ],
    ['counts a CJK letter as two columns', '服务端没有应答', 6, ['服务端', '没有应', '答']],
    ['breaks between CJK and Latin', '看 Pod是否就绪', 6, ['看 Pod', '是否就', '绪']],
    ['never begins a line with a closing mark', '服务端，没有', 6, ['服务', '端，没', '有']],
    ['never ends a line with an opening mark', '服务（端）', 6, ['服务', '（端）']],
    ['gives no line for nothing', '  ', 10, []],
  ])('%s', (_, text, width, lines) => {
    expect(wrap(text, width)).toEqual(lines);
  });

  it('loses no letter and keeps to the width where the words do', () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{1,8}$/), { maxLength: 30 });
    fc.assert(
      fc.property(words, fc.integer({ min: 8, max: 40 }), (parts, width) => {
        const lines = wrap(parts.join(' '), width);
        expect(lines.join(' ')).toBe(parts.join(' '));
        expect(lines.every(line => columns(line) <= width)).toBe(true);
      }),
    );
  });
});

describe('hang', () => {
  it('goes on below its beginning', () => {
    expect(hang('1. ', 'one two three four five six', 20)).toEqual(['1. one two three four', '   five six']);
    expect(hang('原因  ', '一二三四五六七八九十甲乙', 30)).toEqual(['原因  一二三四五六七八九十甲乙']);
  });
});

it('padColumns fills up to the columns, not the letters', () => {
  expect(padColumns('原因', 6)).toBe('原因  ');
  expect(padColumns('long', 2)).toBe('long');
});

it('a text goes on below its beginning, whatever colour stands before it', () => {
  const plain = hang('  ? ', 'a text that takes two lines of this', 24);
  expect(plain).toEqual(['  ? a text that takes', '    two lines of this']);
  expect(hang(`  ${coloured('warn', '?')} `, 'a text that takes two lines of this', 24)).toEqual([
    `  ${coloured('warn', '?')} a text that takes`,
    '    two lines of this',
  ]);
});
