import { expect, it } from 'vitest';
import { allocate } from '../../src/source/allocate.js';

it.each([
  [0, false],
  [1000, false],
  [16 * 1024 * 1024, true],
])('gives %i bytes, shared %s', (size, isShared) => {
  const bytes = allocate(size);
  expect(bytes.length).toBe(size);
  expect(bytes.buffer instanceof SharedArrayBuffer).toBe(isShared);
});
