/** The same bytes where all threads can read them; as they are where they stand there already. */
export function bytesInSharedMemory(bytes: Uint8Array): Uint8Array {
  if (bytes.buffer instanceof SharedArrayBuffer) return bytes;
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  return shared;
}

/** The same of numbers. */
export function numbersInSharedMemory(numbers: Uint32Array): Uint32Array {
  const bytes = bytesInSharedMemory(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength));
  return new Uint32Array(bytes.buffer, bytes.byteOffset, numbers.length);
}
