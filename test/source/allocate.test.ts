import { expect, it } from 'vitest';
import { AHEAD, allocate, enlarged, memoryOf } from '../../src/source/allocate.js';

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

it('keeps what is there when it is enlarged, without a copy once it is large', () => {
  const small = allocate(1000).fill(1);
  const large = enlarged(small, 16 * 1024 * 1024);
  expect(large.subarray(0, 1000).every(byte => byte === 1)).toBe(true);
  large[large.length - 1] = 2;
  const larger = enlarged(large, 40 * 1024 * 1024);
  expect(larger.length).toBe(40 * 1024 * 1024);
  expect([larger[999], larger[large.length - 1], larger[larger.length - 1]]).toEqual([1, 2, 0]);
  expect(memoryOf(larger)).toBe(memoryOf(large));
  large[0] = 3;
  expect(larger[0]).toBe(3);
});

it('copies where a memory cannot grow', () => {
  const bytes = allocate(16 * 1024 * 1024).fill(1);
  const larger = enlarged(bytes, 17 * 1024 * 1024);
  expect(memoryOf(larger)).not.toBe(memoryOf(bytes));
  expect(larger.subarray(0, bytes.length).equals(bytes)).toBe(true);
});
