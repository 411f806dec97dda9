import type { ResourceKind, ResourceState } from './layout.js';
import { isObjectAt, parseRange, skipValue, stringIn, walkObject } from './scan.js';

/** A stretch of a document, in bytes. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** The parts of an entry that are read while its end is looked for. */
export interface EntryParts {
  message: Range | null;
  /** The message's pointer below that of the entry. */
  messagePath: string;
  name: Range | null;
  /** A listener's `address` and `additional_addresses`, by key. */
  addresses: Map<string, Range> | null;
  versionInfo: Range | null;
  lastUpdated: Range | null;
  errorDetails: Range | null;
}

/** The parts of an entry in which nothing was found. */
export function emptyParts(): EntryParts {
  return {
    message: null,
    messagePath: '',
    name: null,
    addresses: null,
    versionInfo: null,
    lastUpdated: null,
    errorDetails: null,
  };
}

/** What an entry knows of its bytes. */
export interface EntryOutline {
  readonly kind: ResourceKind;
  readonly state: ResourceState;
  readonly isStatic: boolean;
  readonly base: string;
  readonly parts: EntryParts;
}

/** One resource of a dump: where it stands, and its message parsed on demand. */
export class Entry {
  #name: string | null | undefined;
  #message: unknown;
  #addresses: unknown[] | undefined;
  /** The one that was asked for last. */
  #member: { readonly name: string; readonly value: unknown } | undefined;

  constructor(
    readonly kind: ResourceKind,
    readonly state: ResourceState,
    /** Bootstrap's own resources, against those that came by xDS. */
    readonly isStatic: boolean,
    private readonly bytes: Buffer,
    private readonly base: string,
    private readonly parts: EntryParts,
  ) {}

  outline(): EntryOutline {
    const { kind, state, isStatic, base, parts } = this;
    return { kind, state, isStatic, base, parts };
  }

  /** The entry that an outline is of, over the same bytes. */
  static from({ kind, state, isStatic, base, parts }: EntryOutline, bytes: Buffer): Entry {
    return new Entry(kind, state, isStatic, bytes, base, parts);
  }

  get name(): string | null {
    if (this.#name === undefined) this.#name = this.textOf(this.parts.name);
    return this.#name;
  }

  get versionInfo(): string | null {
    return this.textOf(this.parts.versionInfo);
  }

  /** An RFC 3339 time as Envoy prints it; null where the form has none. */
  get lastUpdated(): string | null {
    return this.textOf(this.parts.lastUpdated);
  }

  /** Envoy's reason, where the entry is a rejected update. */
  get errorDetails(): string | null {
    return this.textOf(this.parts.errorDetails);
  }

  /** RFC 6901 pointer of the resource message in its document. */
  get pointer(): string {
    return this.base + this.parts.messagePath;
  }

  /** Size of the resource message in bytes. */
  get size(): number {
    return this.parts.message === null ? 0 : this.parts.message.end - this.parts.message.start;
  }

  /** The resource message as it stands in the document; empty where the entry holds none. A part of the document's bytes, not a copy. */
  get text(): Buffer {
    const { message } = this.parts;
    return message === null ? this.bytes.subarray(0, 0) : this.bytes.subarray(message.start, message.end);
  }

  /** The resource message as JSON.parse reads it; undefined where the entry holds none. Throws ScanError where it is not JSON. */
  get message(): unknown {
    if (this.#message === undefined && this.parts.message !== null) {
      this.#message = parseRange(this.bytes, this.parts.message.start, this.parts.message.end);
    }
    return this.#message;
  }

  /** One member of the message, without parsing the others; undefined where it has none. Throws ScanError where it is not JSON. */
  member(name: string): unknown {
    if (this.#member?.name !== name) this.#member = { name, value: this.readMember(name) };
    return this.#member.value;
  }

  private readMember(name: string): unknown {
    const { message } = this.parts;
    if (message === null || !isObjectAt(this.bytes, message.start)) return undefined;
    const ranges: Range[] = [];
    walkObject(this.bytes, message.start, (key, start) => {
      const end = skipValue(this.bytes, start);
      if (key === name) ranges.push({ start, end });
      return end;
    });
    // Of a key that stands twice the last value counts, as JSON.parse has it.
    const last = ranges.at(-1);
    return last === undefined ? undefined : parseRange(this.bytes, last.start, last.end);
  }

  /** A listener's `address` and the items of `additional_addresses`, without parsing the listener. Throws ScanError. */
  get addresses(): unknown[] {
    this.#addresses ??= [...(this.parts.addresses?.values() ?? [])].flatMap(range =>
      parseRange(this.bytes, range.start, range.end),
    );
    return this.#addresses;
  }

  /** Whether the message itself, not its wrapper, has a name. */
  get isNamed(): boolean {
    return this.parts.name !== null;
  }

  /** The same entry under the name that its wrapper gives. */
  named(name: Range | null): Entry {
    return new Entry(this.kind, this.state, this.isStatic, this.bytes, this.base, { ...this.parts, name });
  }
  private textOf(range: Range | null): string | null {
    return range === null ? null : stringIn(this.bytes, range.start, range.end);
  }
}
