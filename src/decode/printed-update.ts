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
  return position => {
    const start = members.startAt(position);
    const from = members.startAt(position + 1);
    const to = members.endAt(position + 1);
    const end = members.endAt(position);
    if (messageKeys.length === 0 || from > end || from - start > SHORT || end - to > SHORT) return undefined;
    if (!before.test(bytes.toString('latin1', start, from))) return undefined;
    const after = AFTER.exec(bytes.toString('latin1', to, end));
    return after === null ? undefined : (after[1] ?? null);
  };
}
