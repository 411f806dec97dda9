import { Entry, type EntryOutline } from './entry.js';
import type { ResourceKind } from './layout.js';
import { newestOf } from './newest.js';
import type { UnreadOutline } from './unread-entries.js';

/** What a list that was read knows of its bytes. */
export interface ReadOutline {
  readonly kind: ResourceKind;
  readonly isStatic: boolean;
  readonly pointer: string;
  readonly entries: readonly EntryOutline[];
}

/** What a list knows of the bytes that it stands in, for another thread that has the same bytes. */
export type ListOutline = ReadOutline | UnreadOutline;

/** The entries of one list of a document, or one entry that stands by itself. */
export interface EntryList {
  readonly kind: ResourceKind;
  /** Bootstrap's own resources, against those that came by xDS. */
  readonly isStatic: boolean;
  /** RFC 6901 pointer of the list, or of the entry, in its document. */
  readonly pointer: string;
  /** Items of the list: each gives one entry, or one for each state that it is in. */
  readonly size: number;
  /** Whether one of the entries that were read is not JSON. */
  readonly isDamaged: boolean;
  /** All entries in their order, always the same objects. */
  all(): readonly Entry[];
  /** The newest `last_updated` of its entries, without reading the messages; null where none has one. */
  newestUpdate(): string | null;
  /** Those of a name, without reading the others where that can be told. */
  named(name: string): readonly Entry[];
  /** Those whose name holds a text, likewise. */
  containing(text: string): readonly Entry[];
  outline(): ListOutline;
}

/** The entries that are wanted of several lists, in their order. */
export function entriesOf(lists: readonly EntryList[]): Entry[] {
  return lists.flatMap(list => list.all());
}

/** A list whose entries have been read. More may be added while its document is read. */
export class ReadEntries implements EntryList {
  readonly isDamaged = false;

  constructor(
    readonly kind: ResourceKind,
    readonly isStatic: boolean,
    readonly pointer: string,
    private readonly entries: readonly Entry[],
  ) {}

  get size(): number {
    return this.entries.length;
  }

  all(): readonly Entry[] {
    return this.entries;
  }

  newestUpdate(): string | null {
    return newestOf(this.entries.map(({ lastUpdated }) => lastUpdated));
  }

  named(name: string): readonly Entry[] {
    return this.entries.filter(entry => entry.name === name);
  }

  containing(text: string): readonly Entry[] {
    return this.entries.filter(({ name }) => name?.includes(text) === true);
  }

  outline(): ReadOutline {
    const { kind, isStatic, pointer, entries } = this;
    return { kind, isStatic, pointer, entries: entries.map(entry => entry.outline()) };
  }

  /** The list that an outline is of, over the same bytes. */
  static from({ kind, isStatic, pointer, entries }: ReadOutline, bytes: Buffer): ReadEntries {
    return new ReadEntries(
      kind,
      isStatic,
      pointer,
      entries.map(entry => Entry.from(entry, bytes)),
    );
  }
}
