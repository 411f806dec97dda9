import { describe, expect, it } from 'vitest';
import { jsonAnswer, jsonEnd } from '../../../src/source/istioctl/json-answer.js';

const LOG = '2026-01-02T03:04:05.000006Z\tinfo\tklog\tWarning: old\n';
const JSON_TEXT = '{\n  "a": ["}", "\\"", "\\\\", {"[": 1}]\n}\n';

describe('a whole answer', () => {
  it.each([
    ['plain', JSON_TEXT, JSON_TEXT],
    ['an array', '[]\n', '[]\n'],
    ['without a last newline', '{"a": 1}', '{"a": 1}'],
    ['after log lines', LOG + LOG + JSON_TEXT, JSON_TEXT],
    ['after the warning of 1.1', `Warning! error execing into a/b container: odd\n\n${JSON_TEXT}`, JSON_TEXT],
    ['after a log line that looks like an array', `Warning! odd:\n[2019-05-20][12] odd\n${JSON_TEXT}`, JSON_TEXT],
    ['after a log line that opens a bracket', `Warning! odd:\n{ odd\n${JSON_TEXT}`, JSON_TEXT],
    ['before log lines', JSON_TEXT + LOG, JSON_TEXT],
    ['several documents', `{"a": 1}\n{"b": 2}\n`, `{"a": 1}\n{"b": 2}\n`],
    ['two documents on one line', '{}{}', '{}{}'],
  ])('%s', (_, stdout, bytes) => {
    expect(jsonAnswer(Buffer.from(stdout)).bytes?.toString()).toBe(bytes);
  });

  it('keeps every byte, valid UTF-8 or not', () => {
    const odd = Buffer.from([0x7b, 0x22, 0xff, 0xc3, 0x22, 0x3a, 0x31, 0x7d, 0x0a]);
    expect(jsonAnswer(Buffer.concat([Buffer.from(LOG), odd])).bytes).toEqual(odd);
  });
});

describe('any other answer', () => {
  it.each([
    ['nothing', '', 'empty'],
    ['a newline', '\n', 'empty'],
    ['white space', ' \t\r\n \n', 'empty'],
    ['log lines only', LOG, 'empty'],
    ['HTML', '<html>upstream connect error</html>\n', 'not-json'],
    ['a table', 'NAME     CDS\nweb-1     SYNCED\n', 'not-json'],
    ['text behind the document', `${JSON_TEXT}garbage\n`, 'not-json'],
    ['cut in an object', '{"a": {"b": 1}', 'cut-off'],
    ['cut in a string', '{"a": "b}', 'cut-off'],
    ['cut behind a backslash', '{"a": "\\', 'cut-off'],
    ['cut in the second document', '{"a": 1}\n{"b": ', 'cut-off'],
    ['cut after log lines', `${LOG}{"a": [`, 'cut-off'],
  ])('%s', (_, stdout, problem) => {
    expect(jsonAnswer(Buffer.from(stdout))).toEqual({ problem });
  });

  it('is found without going over a long document again for each of its lines', () => {
    const cut = Buffer.from(`[\n${'{"a": 1},\n'.repeat(500_000)}`);
    expect(jsonAnswer(cut)).toEqual({ problem: 'cut-off' });
  });
});

describe('each prefix of a document', () => {
  it('is cut off', () => {
    const whole = JSON_TEXT.trimEnd();
    for (let length = 1; length < whole.length; length += 1) {
      expect(jsonAnswer(Buffer.from(whole.slice(0, length)))).toEqual({ problem: 'cut-off' });
      expect(jsonEnd(Buffer.from(whole.slice(0, length)), 0)).toBe(-1);
    }
    expect(jsonEnd(Buffer.from(whole), 0)).toBe(whole.length);
  });
});
