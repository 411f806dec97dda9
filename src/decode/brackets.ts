import { AHEAD, memoryOf } from '../source/allocate.js';
import { type WasmMemory, wasmMemory, webAssembly } from '../source/web-assembly.js';
import { BRACKETS_BINARY } from './brackets-binary.js';
import { numbersInSharedMemory } from './shared-memory.js';

/** What brackets.wat exports. */
interface Exports {
  readonly depth: { readonly value: number };
  readonly escapes: { readonly value: number };
  begin(): void;
  scan(start: number, length: number, levels: number): number;
}

/** brackets.wat over a memory. */
interface Scanner {
  readonly exports: Exports;
  /** What a scan came upon, at the beginning of its memory. */
  readonly events: Uint32Array;
  /** Where a window of documents is put that stand elsewhere; null over the memory of a document. */
  readonly window: Buffer | null;
}

const WINDOW = 65536;

/** So many bytes are looked at together. */
const BLOCK = 64;

/** The first window is smaller: most values end soon. */
const FIRST_WINDOW = 4096;

/** What {@link Spans} hold, for another thread. */
export interface SpansOutline {
  readonly end: number;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  readonly hasEscapes: boolean;
}

/** Where the containers of one JSON value stand, down to some levels. */
export class Spans {
  private next = 0;

  constructor(
    /** Byte after the value; 0 where the document ends first. */
    readonly end: number,
    /** Bytes at which containers begin, in order. */
    private readonly starts: Uint32Array,
    /** Bytes after them; 0 where the document ends first. */
    private readonly ends: Uint32Array,
    /** Whether a backslash before a `u` or a slash stands in the value, or little behind it: what is written so could stand there as it is. */
    readonly hasEscapes: boolean,
  ) {}

  /** How many there are. */
  get count(): number {
    return this.starts.length;
  }

  /** Byte at which a container begins, by its position among all. */
  startAt(index: number): number {
    return this.starts[index] ?? 0;
  }

  /** Byte after it. */
  endAt(index: number): number {
    return this.ends[index] ?? 0;
  }

  /** Some of them, by their positions in order. */
  pick(positions: Uint32Array): Spans {
    const starts = new Uint32Array(positions.length);
    const ends = new Uint32Array(positions.length);
    for (let index = 0; index < positions.length; index++) {
      const position = positions[index] ?? 0;
      starts[index] = this.startAt(position);
      ends[index] = this.endAt(position);
    }
    return new Spans(this.end, starts, ends, this.hasEscapes);
  }

  /** The same in memory that all threads share. */
  outline(): SpansOutline {
    const { end, starts, count, hasEscapes } = this;
    return {
      end,
      starts: numbersInSharedMemory(starts),
      ends: numbersInSharedMemory(this.ends.subarray(0, count)),
      hasEscapes,
    };
  }

  static from({ end, starts, ends, hasEscapes }: SpansOutline): Spans {
    return new Spans(end, starts, ends, hasEscapes);
  }

  /** Position of the last container that begins at or before a byte; -1 where none does. */
  lastBefore(at: number): number {
    let low = 0;
    for (let high = this.starts.length; low < high; ) {
      const middle = (low + high) >>> 1;
      if (this.startAt(middle) <= at) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** Byte after the container that begins at byte `at`; 0 where none is known. Quickest for questions in the document’s order. */
  endOf(at: number): number {
    if (this.starts[this.next] !== at) this.next = Math.max(0, this.lastBefore(at));
    const position = this.next++;
    return this.starts[position] === at ? this.endAt(position) : 0;
  }
}

/**
 * Finds the containers of the object or list that begins at byte `at`: itself on level 1, its own containers on level 2, and so on
 * down to `levels`. Only brackets and strings are looked at; nothing is checked. Returns null where WebAssembly cannot be used.
 */
export function spansOf(bytes: Buffer, at: number, levels: number): Spans | null {
  const scanner = scannerOf(memoryOf(bytes));
  return scanner === null ? null : new SpanReader(scanner, levels).read(bytes, at);
}

class SpanReader {
  private starts: Uint32Array = new Uint32Array(64);
  private ends: Uint32Array = new Uint32Array(64);
  private count = 0;
  /** Positions in `starts` of the containers that are open. */
  private readonly open: number[] = [];

  constructor(
    private readonly scanner: Scanner,
    private readonly levels: number,
  ) {}

  read(bytes: Buffer, at: number): Spans {
    const { exports } = this.scanner;
    exports.begin();
    for (let base = at, size = FIRST_WINDOW; base < bytes.length; base += size, size = WINDOW) {
      this.take(this.scan(bytes, base, size), base, bytes.length);
      if (exports.depth.value === 0) break;
    }
    const starts = this.starts.subarray(0, this.count);
    return new Spans(this.ends[0] ?? 0, starts, this.ends, exports.escapes.value === 1);
  }

  /** Returns how many events there are. */
  private scan(bytes: Buffer, base: number, size: number): number {
    const { exports, window } = this.scanner;
    if (window === null) return exports.scan(bytes.byteOffset + base, Math.min(size, bytes.length - base), this.levels);
    const length = bytes.copy(window, 0, base, base + size);
    if (length < size) window.fill(0x20, length, Math.ceil(length / BLOCK) * BLOCK);
    return exports.scan(AHEAD, length, this.levels);
  }

  /** What lies behind the document is none of it. */
  private take(count: number, base: number, length: number): void {
    const { events } = this.scanner;
    for (let index = 0; index < count; index++) {
      const event = events[index] ?? 0;
      const at = base + (event >>> 1);
      if (at >= length) break;
      if ((event & 1) === 0) this.begin(at);
      else this.ends[this.open.pop() ?? 0] = at + 1;
    }
  }

  private begin(at: number): void {
    if (this.count === this.starts.length) {
      this.starts = larger(this.starts);
      this.ends = larger(this.ends);
    }
    this.open.push(this.count);
    this.starts[this.count++] = at;
  }
}

function larger(array: Uint32Array): Uint32Array {
  const copy = new Uint32Array(array.length * 2);
  copy.set(array);
  return copy;
}

/** Compiled once, when it is first needed; null where that cannot be done. */
let compiled: object | null | undefined;
/** Over the memory of a document. */
const inPlace = new WeakMap<WasmMemory, Scanner | null>();
/** For all documents that stand elsewhere. */
let byWindows: Scanner | null | undefined;

function scannerOf(memory: WasmMemory | undefined): Scanner | null {
  if (memory === undefined) {
    byWindows ??= windowScanner();
    return byWindows;
  }
  let scanner = inPlace.get(memory);
  if (scanner === undefined) {
    scanner = scannerOver(memory, null);
    inPlace.set(memory, scanner);
  }
  return scanner;
}

function windowScanner(): Scanner | null {
  const memory = wasmMemory(AHEAD + 2 * WINDOW);
  return memory === null ? null : scannerOver(memory, Buffer.from(memory.buffer, AHEAD, WINDOW));
}

function scannerOver(memory: WasmMemory, window: Buffer | null): Scanner | null {
  const wasm = webAssembly();
  compiled ??= wasm === undefined ? null : compile(wasm);
  if (wasm === undefined || compiled === null) return null;
  const { exports } = new wasm.Instance(compiled, { document: { memory } });
  return { exports: exports as Exports, events: new Uint32Array(memory.buffer, 0, WINDOW), window };
}

/** An engine without vector instructions refuses the module. */
function compile(wasm: NonNullable<ReturnType<typeof webAssembly>>): object | null {
  try {
    return new wasm.Module(Buffer.from(BRACKETS_BINARY, 'base64'));
  } catch {
    return null;
  }
}
