import type { Spans } from './brackets.js';
import type { Group } from './layout.js';

/** What stands before and behind a message is short where Envoy printed it, in bytes. */
const SHORT = 512;

const AFTER = /^\s*(?:,\s*"last_?[uU]pdated"\s*:\s*"([^"\\]*)"\s*)?\}$/;

/** The time of the entry at a position among the containers of its list, null where it has none; undefined where that cannot be told so. */
export type PrintedUpdate = (position: number) => string | null | undefined;

/**
 * Reads the `last_updated` of entries as Envoy prints them: a version at most before the message, the time at most behind it.
 * Of thousands of entries that takes a tenth of what walking through their keys takes.
 */
export function printedUpdates(bytes: Buffer, members: Spans, { messageKeys }: Group): PrintedUpdate {
  const key = `"(?:${messageKeys.join('|')})"`;
  const before = new RegExp(`^\\{\\s*(?:"version_?[iI]nfo"\\s*:\\s*"[^"\\\\]*"\\s*,\\s*)?${key}\\s*:\\s*$`);
  const isPrinted = rememberingLast(bytes, text => before.test(text));
  const timeIn = rememberingLast(bytes, text => {
    const after = AFTER.exec(text);
    return after === null ? undefined : (after[1] ?? null);
  });
  return position => {
    const start = members.startAt(position);
    const from = members.startAt(position + 1);
    const to = members.endAt(position + 1);
    const end = members.endAt(position);
    if (messageKeys.length === 0 || from > end || from - start > SHORT || end - to > SHORT) return undefined;
    return isPrinted(start, from) ? timeIn(to, end) : undefined;
  };
}

/** Entries that came with one update have the same bytes around their messages, which are quicker compared than read. */
function rememberingLast<Answer>(
  bytes: Buffer,
  read: (text: string) => Answer,
): (start: number, end: number) => Answer {
  let last: { readonly start: number; readonly length: number; readonly answer: Answer } | null = null;
  return (start, end) => {
    const length = end - start;
    if (last === null || last.length !== length || !isSame(bytes, last.start, start, length)) {
      last = { start, length, answer: read(bytes.toString('latin1', start, end)) };
    }
    return last.answer;
  };
}

function isSame(bytes: Buffer, one: number, other: number, length: number): boolean {
  for (let i = 0; i < length; i++) if (bytes[one + i] !== bytes[other + i]) return false;
  return true;
}
