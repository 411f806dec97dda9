import { Spans, type SpansOutline, spansOf } from './brackets.js';
import { Entry, emptyParts } from './entry.js';
import type { EntryList } from './entry-list.js';
import { EntryReader, levelsOf } from './entry-reader.js';
import type { Group, ResourceKind } from './layout.js';
import { laterOf, newestOf } from './newest.js';
import { PrintedUpdates } from './printed-update.js';
import { isObjectAt, nextItem, ScanError, skipSpace } from './scan.js';
import { numbersInSharedMemory } from './shared-memory.js';

/** Smaller lists are read at once, in bytes. */
const SMALL = 16 * 1024;

/** A text that more entries hold than this tells little: all are read then. */
const MAX_HOLDERS = 64;

/** Node's own search goes no further. */
const SEARCH_LIMIT = 2 ** 31 - 1;

/** What a printer may write as an escape that it need not: a text with none of these stands in JSON as it is. */
const PLAIN = /^[\x20-\x21\x23-\x5b\x5d-\x7e]*$/;

/** What such a list knows of its bytes. */
export interface UnreadOutline {
  readonly pointer: string;
  readonly group: Group;
  readonly members: SpansOutline;
  readonly positions: Uint32Array;
}

/** A list and the byte after it. */
export interface UnreadList {
  readonly list: EntryList;
  readonly end: number;
}

/**
 * The list of entries that begins at byte `at`, which are found now and read when they are asked for: a trace needs few of them.
 * Null where it is small, breaks off, or holds anything else than objects, so that it has to be read to be understood.
 */
export function unreadList(bytes: Buffer, at: number, pointer: string, group: Group): UnreadList | null {
  const members = spansOf(bytes, at, levelsOf(group));
  if (members === null || members.end - at < SMALL || members.end - at > SEARCH_LIMIT) return null;
  const positions = itemsOf(bytes, members);
  if (positions === null) return null;
  return { list: new UnreadEntries(bytes, positions, members, pointer, group), end: members.end };
}

/** The items of a list by their positions among its containers; null where it holds anything else than objects with commas between them. */
function itemsOf(bytes: Buffer, members: Spans): Uint32Array | null {
  const positions: number[] = [];
  let next = skipSpace(bytes, members.startAt(0) + 1);
  for (let position = 1; position < members.count; ) {
    if (members.startAt(position) !== next || !isObjectAt(bytes, next)) return null;
    positions.push(position);
    const end = members.endAt(position);
    next = nextItem(bytes, end);
    while (position < members.count && members.startAt(position) < end) position++;
  }
  return next === members.end ? Uint32Array.from(positions) : null;
}

export class UnreadEntries implements EntryList {
  readonly kind: ResourceKind;
  readonly isStatic: boolean;
  isDamaged = false;
  private readonly items: Spans;
  /** By the position of the item, as one entry may stand for several states of a resource. */
  private readonly read: (readonly Entry[] | undefined)[] = [];
  private every: readonly Entry[] | null = null;
  private hasEscapes: boolean | undefined;

  constructor(
    private readonly bytes: Buffer,
    /** Of the items among the containers. */
    private readonly positions: Uint32Array,
    /** The list itself, its items, and the containers in them that reading an item asks for. */
    private readonly members: Spans,
    readonly pointer: string,
    private readonly group: Group,
  ) {
    this.items = members.pick(positions);
    this.kind = group.kind;
    this.isStatic = group.isStatic;
  }

  get size(): number {
    return this.items.count;
  }

  outline(): UnreadOutline {
    const { pointer, group, members, positions } = this;
    return { pointer, group, members: members.outline(), positions: numbersInSharedMemory(positions) };
  }

  /** The list that an outline is of, over the same bytes. */
  static from({ pointer, group, members, positions }: UnreadOutline, bytes: Buffer): UnreadEntries {
    return new UnreadEntries(bytes, positions, Spans.from(members), pointer, group);
  }

  all(): readonly Entry[] {
    this.every ??= Array.from({ length: this.size }, (_, index) => this.at(index)).flat();
    return this.every;
  }

  newestUpdate(): string | null {
    const printed = new PrintedUpdates(this.bytes, this.members, this.group);
    let newest: string | null = null;
    for (let index = 0; index < this.positions.length; index++) {
      const time = printed.at(this.positions[index] ?? 0);
      newest = laterOf(newest, time === undefined ? this.newestAt(index) : time);
    }
    return newest;
  }

  named(name: string): readonly Entry[] {
    return this.holding(name, `"${name}"`).filter(entry => entry.name === name);
  }

  containing(text: string): readonly Entry[] {
    return this.holding(text, text).filter(({ name }) => name?.includes(text) === true);
  }

  /** The entries that hold a text anywhere, which `json` is as a printer writes it; all of them where that cannot be told. */
  private holding(text: string, json: string): readonly Entry[] {
    const isTold = this.every === null && json !== '' && PLAIN.test(text) && !this.mayEscape();
    const holders = isTold ? this.holders(json) : null;
    return holders === null ? this.all() : holders.flatMap(index => this.at(index));
  }

  /** Positions of the items that hold a text somewhere; null where they are many. */
  private holders(text: string): number[] | null {
    const { items, members } = this;
    const start = members.startAt(0);
    const list = this.bytes.subarray(start, members.end);
    const needle = Buffer.from(text);
    const holders: number[] = [];
    for (let at = list.indexOf(needle); at >= 0; ) {
      const item = items.lastBefore(start + at);
      if (holders.length === MAX_HOLDERS) return null;
      if (item >= 0 && holders.at(-1) !== item) holders.push(item);
      at = list.indexOf(needle, Math.max(at + 1, item >= 0 ? items.endAt(item) - start : 0));
    }
    return holders;
  }

  /** Whether letters, digits or signs may be written as escapes. What else is escaped no plain text holds. */
  private mayEscape(): boolean {
    if (this.hasEscapes === undefined) {
      const list = this.bytes.subarray(this.members.startAt(0), this.members.end);
      this.hasEscapes = this.members.hasEscapes && (list.includes('\\u00') || list.includes('\\/'));
    }
    return this.hasEscapes;
  }

  private at(index: number): readonly Entry[] {
    let entries = this.read[index];
    if (entries === undefined) {
      entries = this.readItem(index, false);
      this.read[index] = entries;
    }
    return entries;
  }

  private newestAt(index: number): string | null {
    return newestOf(this.readItem(index, true).map(({ lastUpdated }) => lastUpdated));
  }

  /** What is not JSON is an entry all the same, whose message says so. */
  private readItem(index: number, isOutline: boolean): readonly Entry[] {
    const { bytes, items, members, group } = this;
    const pointer = `${this.pointer}/${index}`;
    const found: Entry[] = [];
    try {
      const reader = new EntryReader(bytes, members, entry => found.push(entry), isOutline);
      reader.entry(items.startAt(index), pointer, group);
      return found;
    } catch (error) {
      if (!(error instanceof ScanError)) throw error;
      this.isDamaged = true;
      const message = { start: items.startAt(index), end: items.endAt(index) };
      return [new Entry(group.kind, group.state, group.isStatic, bytes, pointer, { ...emptyParts(), message })];
    }
  }
}
