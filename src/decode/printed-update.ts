import type { Spans } from './brackets.js';
import type { Group } from './layout.js';

/** What stands before and behind a message is short where Envoy printed it, in bytes. */
const SHORT = 512;

const AFTER = /^\s*(?:,\s*"last_?[uU]pdated"\s*:\s*"([^"\\]*)"\s*)?\}$/;

/** Where an entry and its message begin and end, in bytes. */
interface Outline {
  readonly start: number;
  readonly from: number;
  readonly to: number;
  readonly end: number;
}

/**
 * Reads the `last_updated` of entries as Envoy prints them: a version at most before the message, the time at most behind it.
 * Of thousands of entries that takes a small part of what walking through their keys takes.
 */
export class PrintedUpdates {
  private readonly before: RegExp;
  private last: Outline | null = null;
  private time: string | null | undefined;

  constructor(
    private readonly bytes: Buffer,
    private readonly members: Spans,
    private readonly group: Group,
  ) {
    this.before = beforeMessage(group.messageKeys.join('|'));
  }

  /** The time of the entry at a position among the containers of its list, null where it has none; undefined where that cannot be told so. */
  at(position: number): string | null | undefined {
    const { members } = this;
    const start = members.startAt(position);
    const from = members.startAt(position + 1);
    const to = members.endAt(position + 1);
    const end = members.endAt(position);
    // Entries that came with one update have the same bytes around their messages, which are quicker compared than read.
    if (this.isLikeLast(start, from, to, end)) return this.time;
    this.last = { start, from, to, end };
    this.time = this.read(this.last);
    return this.time;
  }

  private isLikeLast(start: number, from: number, to: number, end: number): boolean {
    const { last, bytes } = this;
    if (last === null || last.from - last.start !== from - start || last.end - last.to !== end - to) return false;
    return isSame(bytes, last.to, to, end - to) && isSame(bytes, last.start, start, from - start);
  }

  private read({ start, from, to, end }: Outline): string | null | undefined {
    if (this.group.messageKeys.length === 0 || from > end || from - start > SHORT || end - to > SHORT) return undefined;
    if (!this.before.test(this.bytes.toString('latin1', start, from))) return undefined;
    const after = AFTER.exec(this.bytes.toString('latin1', to, end));
    return after === null ? undefined : (after[1] ?? null);
  }
}

/** What stands before a message, by its keys: there are few kinds of messages, and thousands of lists. */
const befores = new Map<string, RegExp>();

function beforeMessage(keys: string): RegExp {
  let before = befores.get(keys);
  if (before === undefined) {
    before = new RegExp(`^\\{\\s*(?:"version_?[iI]nfo"\\s*:\\s*"[^"\\\\]*"\\s*,\\s*)?"(?:${keys})"\\s*:\\s*$`);
    befores.set(keys, before);
  }
  return before;
}

function isSame(bytes: Buffer, one: number, other: number, length: number): boolean {
  for (let i = 0; i < length; i++) if (bytes[one + i] !== bytes[other + i]) return false;
  return true;
}
