import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { HEAD_BYTES } from '../../src/source/document.js';
import { whyPassedOver } from '../../src/source/first-look.js';

const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d]);

/** As many bytes as a first look takes, filled with a line. */
function lines(line: string): Buffer {
  return Buffer.from(`${line}\n`.repeat(Math.ceil(HEAD_BYTES / line.length))).subarray(0, HEAD_BYTES);
}

describe('the first look at a file in a directory', () => {
  it.each([
    ['nothing', Buffer.alloc(0), 'empty'],
    ['a picture', png, 'not text'],
    ['control characters without a zero', Buffer.from('\x01\x02\x03\x04%PDF'), 'not text'],
    ['xz', Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00, 1, 2]), 'xz inside another file is not opened'],
    ['gzip', gzipSync('{}'), 'gzip inside another file is not opened'],
    ['an Istio log', lines('2024-05-01T10:00:00.000000Z\tinfo\txdsproxy\tconnected'), 'a log'],
    ['an Envoy log', lines('[2024-05-01 10:00:00.000][1][info][main] starting'), 'a log'],
    ['an access log', lines('[2024-05-01T10:00:00.000Z] "GET /reviews/0 HTTP/1.1" 200 - via_upstream'), 'a log'],
    ['a klog', lines('I0501 10:00:00.000000       1 main.go:1] hello'), 'a log'],
  ])('passes over %s', (_name, head, why) => {
    expect(whyPassedOver(head)).toBe(why);
  });

  it.each([
    ['JSON', Buffer.from('{"configs": []}')],
    ['JSON in UTF-16 without a mark', Buffer.from('{"configs": []}', 'utf16le')],
    ['a table', Buffer.from('NAME   CDS   LDS\n')],
    ['a short log, in which JSON may follow', Buffer.from('2024-05-01T10:00:00Z warn something\n')],
    ['log lines before JSON', Buffer.concat([Buffer.from('2024-05-01T10:00:00Z warn x\n{\n'), lines('  "a": 1,')])],
    ['log lines before YAML', Buffer.concat([Buffer.from('I0501 10:00:00.0 1 x\n- name: a\n'), lines('  b: 1')])],
    ['the text of /clusters', lines('outbound|80||a.b::10.0.0.1:80::cx_active::0')],
    ['bytes that are no valid UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])],
  ])('leaves %s to the decoder', (_name, head) => {
    expect(whyPassedOver(head)).toBeUndefined();
  });
});
