import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { toJson, toJsonItem, toJsonText, toYaml, yamlWriter } from '../../src/render/serialise.js';

/** C0, DEL, C1 and marks that turn the writing direction, alone and within text. */
const VALUE = {
  c0: 'a\u001b[31mb\u0007',
  c1: 'a\u009b31mb',
  lines: 'first\u0085\nsecond \u007f',
  turned: '\u202egnp.exe',
  list: ['\u2066', 'plain'],
};
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

describe('serialised values', () => {
  it('as JSON hold no control characters and read back the same', () => {
    const text = toJson(VALUE);
    expect(text).not.toMatch(CONTROL);
    expect(JSON.parse(text)).toEqual(VALUE);
    expect(text.endsWith('}\n')).toBe(true);
  });

  it('as one line hold no control characters and read back the same', () => {
    const text = toJsonText(VALUE);
    expect(text).not.toMatch(CONTROL);
    expect(text).not.toContain('\n');
    expect(JSON.parse(text)).toEqual(VALUE);
  });

  it('as YAML hold no control characters and read back the same', async () => {
    const text = await toYaml(VALUE);
    expect(text).not.toMatch(CONTROL);
    expect(parse(text)).toEqual(VALUE);
  });

  it('are a list, item by item', async () => {
    const items = [VALUE, { deep: [[1, { a: null }], []], text: '- a: b\n- c' }, {}, [], 'text', 7];
    expect(`[\n${items.map(toJsonItem).join(',\n')}\n]\n`).toBe(toJson(items));
    const write = await yamlWriter();
    expect(items.map(item => write([item])).join('')).toBe(await toYaml(items));
    expect([toJson([]), await toYaml([])]).toEqual(['[]\n', '[]\n']);
  });
});
