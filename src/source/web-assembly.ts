/** Memory that JavaScript and WebAssembly see alike. */
export interface WasmMemory {
  readonly buffer: ArrayBufferLike;
}

/** The part of WebAssembly's JavaScript interface that is used. */
interface WebAssemblyInterface {
  readonly Memory: new (pages: { initial: number; maximum: number; shared: boolean }) => WasmMemory;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
}

const PAGE = 65536;

/** WebAssembly, absent where Node runs without a compiler (`--jitless`). */
export function webAssembly(): WebAssemblyInterface | undefined {
  return (globalThis as { WebAssembly?: WebAssemblyInterface }).WebAssembly;
}

/** Shared memory of so many bytes or a little more, all zero; null where there is none to be had. */
export function wasmMemory(size: number): WasmMemory | null {
  const wasm = webAssembly();
  const pages = Math.ceil(size / PAGE);
  if (wasm === undefined || pages > PAGE) return null;
  try {
    return new wasm.Memory({ initial: pages, maximum: pages, shared: true });
  } catch {
    return null;
  }
}
