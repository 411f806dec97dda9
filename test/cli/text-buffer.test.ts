import { expect, it } from 'vitest';
import { TextBuffer } from '../../src/cli/text-buffer.js';

it('texts stand in one memory, until it is full or handed over', () => {
  const texts = new TextBuffer();
  const first = texts.add(['a', Buffer.from('é'), '😀']);
  const second = texts.add(['two']);
  expect([first.toString(), second.toString()]).toEqual(['aé😀', 'two']);
  expect(second.buffer).toBe(first.buffer);
  const large = texts.add(['x'.repeat(300_000)]);
  expect(large.buffer).not.toBe(first.buffer);
  const kept = texts.add(['kept']);
  const moved = structuredClone(kept, { transfer: [kept.buffer as ArrayBuffer] });
  expect(Buffer.from(moved).toString()).toBe('kept');
  expect(texts.add([]).length).toBe(0);
  expect(texts.add(['new']).toString()).toBe('new');
});
