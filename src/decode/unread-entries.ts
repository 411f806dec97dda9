import { type Spans, spansOf } from './brackets.js';
import { Entry, emptyParts } from './entry.js';
import type { EntryList } from './entry-list.js';
import { EntryReader, levelsOf } from './entry-reader.js';
import type { Group, ResourceKind } from './layout.js';
import { isObjectAt, nextItem, ScanError, skipSpace } from './scan.js';

/** Levels down to the entries. */
const ENTRIES = 2;

/** Smaller lists are read at once, in bytes. */
const SMALL = 16 * 1024;

/** A text that more entries hold than this tells little: all are read then. */
const MAX_HOLDERS = 64;

/** Node's own search goes no further. */
const SEARCH_LIMIT = 2 ** 31 - 1;

/** What a printer may write as an escape that it need not: a text with none of these stands in JSON as it is. */
const PLAIN = /^[\x20-\x21\x23-\x5b\x5d-\x7e]*$/;

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
  const spans = spansOf(bytes, at, ENTRIES);
  if (spans === null || spans.end - at < SMALL || spans.end - at > SEARCH_LIMIT) return null;
  if (!holdsObjects(bytes, at, spans)) return null;
  return { list: new UnreadEntries(bytes, spans, pointer, group), end: spans.end };
}

/** Whether a list holds nothing but objects, one after another with commas between them. */
function holdsObjects(bytes: Buffer, at: number, spans: Spans): boolean {
  let next = skipSpace(bytes, at + 1);
  for (let item = 1; item < spans.count; item++) {
    if (spans.startAt(item) !== next || !isObjectAt(bytes, next)) return false;
    next = nextItem(bytes, spans.endAt(item));
  }
  return next === spans.end;
}

class UnreadEntries implements EntryList {
  readonly kind: ResourceKind;
  readonly isStatic: boolean;
  isDamaged = false;
  /** By the position of the item, as one entry may stand for several states of a resource. */
  private readonly read: (readonly Entry[] | undefined)[] = [];
  private every: readonly Entry[] | null = null;
  private hasEscapes: boolean | undefined;

  constructor(
    private readonly bytes: Buffer,
    /** Of the list, and of its items after it. */
    private readonly spans: Spans,
    readonly pointer: string,
    private readonly group: Group,
  ) {
    this.kind = group.kind;
    this.isStatic = group.isStatic;
  }

  get size(): number {
    return this.spans.count - 1;
  }

  all(): readonly Entry[] {
    if (this.every === null) {
      const members = spansOf(this.bytes, this.spans.startAt(0), levelsOf(this.group));
      this.every = Array.from({ length: this.size }, (_, index) => this.at(index, members)).flat();
    }
    return this.every;
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
    return holders === null ? this.all() : holders.flatMap(index => this.at(index, null));
  }

  /** Positions of the items that hold a text somewhere; null where they are many. */
  private holders(text: string): number[] | null {
    const { spans } = this;
    const list = this.bytes.subarray(spans.startAt(0), spans.end);
    const needle = Buffer.from(text);
    const holders: number[] = [];
    for (let at = list.indexOf(needle); at >= 0; ) {
      const item = spans.lastBefore(spans.startAt(0) + at);
      if (holders.length === MAX_HOLDERS) return null;
      if (item > 0 && holders.at(-1) !== item - 1) holders.push(item - 1);
      at = list.indexOf(needle, Math.max(at + 1, item > 0 ? spans.endAt(item) - spans.startAt(0) : 0));
    }
    return holders;
  }

  /** Whether letters, digits or signs may be written as escapes. What else is escaped no plain text holds. */
  private mayEscape(): boolean {
    if (this.hasEscapes === undefined) {
      const list = this.bytes.subarray(this.spans.startAt(0), this.spans.end);
      const from = list.indexOf('\\');
      this.hasEscapes = from >= 0 && (list.includes('\\u00', from) || list.includes('\\/', from));
    }
    return this.hasEscapes;
  }

  private at(index: number, members: Spans | null): readonly Entry[] {
    let entries = this.read[index];
    if (entries === undefined) {
      entries = this.readItem(index, members);
      this.read[index] = entries;
    }
    return entries;
  }

  /** What is not JSON is an entry all the same, whose message says so. */
  private readItem(index: number, members: Spans | null): readonly Entry[] {
    const { bytes, spans, group } = this;
    const pointer = `${this.pointer}/${index}`;
    const found: Entry[] = [];
    try {
      new EntryReader(bytes, members, entry => found.push(entry)).entry(spans.startAt(index + 1), pointer, group);
      return found;
    } catch (error) {
      if (!(error instanceof ScanError)) throw error;
      this.isDamaged = true;
      const message = { start: spans.startAt(index + 1), end: spans.endAt(index + 1) };
      return [new Entry(group.kind, group.state, group.isStatic, bytes, pointer, { ...emptyParts(), message })];
    }
  }
}
