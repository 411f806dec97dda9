/** Memory that JavaScript and WebAssembly see alike. */
export interface WasmMemory {
  readonly buffer: ArrayBufferLike;
  grow(pages: number): number;
}

/** The part of WebAssembly's JavaScript interface that is used. */
interface WebAssemblyInterface {
  readonly Memory: new (pages: { initial: number; maximum: number; shared: boolean }) => WasmMemory;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
}

const PAGE = 65536;

/** No memory is larger, in bytes. */
export const MOST = PAGE * 65536;

/** WebAssembly, absent where Node runs without a compiler (`--jitless`). */
export function webAssembly(): WebAssemblyInterface | undefined {
  return (globalThis as { WebAssembly?: WebAssemblyInterface }).WebAssembly;
}

/** Shared memory of so many bytes or a little more, all zero, that may grow to `most` bytes; null where there is none to be had. */
export function wasmMemory(size: number, most = size): WasmMemory | null {
  const wasm = webAssembly();
  if (wasm === undefined || size > MOST) return null;
  try {
    return new wasm.Memory({ initial: pagesOf(size), maximum: pagesOf(most), shared: true });
  } catch {
    return null;
  }
}

/** Makes a memory at least so large, without moving what is in it. Returns whether it could. */
export function growTo(memory: WasmMemory, size: number): boolean {
  try {
    memory.grow(Math.max(0, pagesOf(size - memory.buffer.byteLength)));
    return true;
  } catch {
    return false;
  }
}

function pagesOf(size: number): number {
  return Math.ceil(size / PAGE);
}
