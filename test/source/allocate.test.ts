import { expect, it } from 'vitest';
import { AHEAD, allocate, allocateShared, enlarged, memoryOf } from '../../src/source/allocate.js';

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

it('puts small documents that threads share into one memory, one behind the other', () => {
  const documents = [1000, 0, 64, 5000].map((size, index) => allocateShared(size).fill(index + 1));
  expect(new Set(documents.map(memoryOf)).size).toBe(1);
  expect(memoryOf(documents[0] ?? Buffer.alloc(0))).toBeDefined();
  for (const [index, bytes] of documents.entries()) {
    expect(bytes.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(bytes.byteOffset).toBeGreaterThanOrEqual(AHEAD);
    expect(bytes.every(byte => byte === index + 1)).toBe(true);
    // Whoever scans a document reads a little further.
    expect([...Buffer.from(bytes.buffer, bytes.byteOffset + bytes.length, 64)]).toEqual(Array(64).fill(0));
  }
});

it('begins another memory where one is full, and gives a large document its own', () => {
  const many = Array.from({ length: 5 }, () => allocateShared(15 * 1024 * 1024));
  const large = allocateShared(16 * 1024 * 1024);
  expect(new Set(many.map(memoryOf)).size).toBe(3);
  expect(many.map(memoryOf)).not.toContain(memoryOf(large));
  expect(large.buffer).toBeInstanceOf(SharedArrayBuffer);
});
