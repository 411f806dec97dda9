/** Smaller documents are nothing to the garbage collector, and there may be many that are soon let go. */
const LARGE = 16 * 1024 * 1024;

/**
 * Memory for a document of so many bytes, its content undefined. V8 does not count shared memory towards the pressure that makes it
 * collect garbage: for the bytes of a large dump, which are kept to the end, a collection finds nothing to free.
 */
export function allocate(size: number): Buffer {
  return size < LARGE ? Buffer.allocUnsafe(size) : Buffer.from(new SharedArrayBuffer(size));
}
