import { expect, it } from 'vitest';
import { AHEAD, allocate, memoryOf } from '../../src/source/allocate.js';

it.each([
  [0, false],
  [1000, false],
  [16 * 1024 * 1024, true],
  [16 * 1024 * 1024 + 65_530, true],
])('gives %i bytes, in a memory of their own: %s', (size, hasMemory) => {
  const bytes = allocate(size);
  const memory = memoryOf(bytes);
  expect(bytes.length).toBe(size);
  expect(memory !== undefined).toBe(hasMemory);
  if (memory === undefined) return;
  expect(memory.buffer).toBe(bytes.buffer);
  expect(bytes.byteOffset).toBe(AHEAD);
  expect(memory.buffer.byteLength - AHEAD - size).toBeGreaterThanOrEqual(64);
  expect(memoryOf(bytes.subarray(3, 10))).toBe(memory);
});
