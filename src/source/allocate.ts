import { growTo, MOST, type WasmMemory, wasmMemory } from './web-assembly.js';

/** Smaller documents are nothing to the garbage collector and quickly copied, and there may be many that are soon let go. */
const LARGE = 16 * 1024 * 1024;

/** What stands free before a document in its memory, and behind it, for the one who scans it there, in bytes. */
export const AHEAD = 256 * 1024;
const BEHIND = 64;

const memories = new WeakMap<ArrayBufferLike, WasmMemory>();

/**
 * Memory for a document of so many bytes, its content undefined. A large one is scanned by WebAssembly where it stands. V8 does not
 * count shared memory towards the pressure that makes it collect garbage, which would find nothing to free in what is kept to the end.
 */
export function allocate(size: number): Buffer {
  return allocateIn(size, () => wasmMemory(AHEAD + size + BEHIND));
}

/** Small documents that are kept to the end stand in memories of so many bytes. */
const TOGETHER = 32 * 1024 * 1024;

/** Where in the last of these memories there is still room. */
let room: { readonly memory: WasmMemory; next: number } | null = null;

/**
 * The same for a document that all threads read: it is in shared memory whatever its size, and scanned where it stands. Small ones stand
 * together, so that it is let go with the others only.
 */
export function allocateShared(size: number): Buffer {
  if (size >= LARGE) return allocate(size);
  const end = AHEAD + TOGETHER;
  if (room === null || room.next + size > end) {
    const memory = wasmMemory(end + BEHIND);
    if (memory === null) return Buffer.from(new SharedArrayBuffer(size));
    memories.set(memory.buffer, memory);
    room = { memory, next: AHEAD };
  }
  const bytes = Buffer.from(room.memory.buffer, room.next, size);
  room.next += Math.ceil(size / BEHIND) * BEHIND + BEHIND;
  return bytes;
}

/** More memory for what {@link allocate} gave, with the bytes that are there: a copy, or the same memory where it can grow. */
export function enlarged(bytes: Buffer, size: number): Buffer {
  const memory = memoryOf(bytes);
  if (memory !== undefined && growTo(memory, AHEAD + size + BEHIND)) return documentIn(memory, size);
  const larger = allocateIn(size, () => wasmMemory(AHEAD + size + BEHIND, MOST));
  bytes.copy(larger);
  return larger;
}

function allocateIn(size: number, memoryOfItsOwn: () => WasmMemory | null): Buffer {
  if (size < LARGE) return Buffer.allocUnsafe(size);
  const memory = memoryOfItsOwn();
  return memory === null ? Buffer.from(new SharedArrayBuffer(size)) : documentIn(memory, size);
}

function documentIn(memory: WasmMemory, size: number): Buffer {
  memories.set(memory.buffer, memory);
  return Buffer.from(memory.buffer, AHEAD, size);
}

/** The memory in which the bytes of a document stand, {@link AHEAD} bytes behind its beginning at least; undefined elsewhere. */
export function memoryOf(bytes: Buffer): WasmMemory | undefined {
  return memories.get(bytes.buffer);
}
