import { spansOf } from './brackets.js';
import { escapePointer } from './case.js';
import type { Entry } from './entry.js';
import { type EntryList, ReadEntries } from './entry-list.js';
import { EntryReader, levelsOf } from './entry-reader.js';
import type { Group } from './layout.js';
import { isArrayAt, isObjectAt, skipValue, walkArray, walkObject } from './scan.js';
import { unreadList } from './unread-entries.js';

/**
 * Finds the list of entries that begins at byte `at`. `found` gets it before it is read, so that what comes before a break is kept.
 * Returns the byte after the list. Throws ScanError where the document breaks off.
 */
export function scanGroup(
  bytes: Buffer,
  at: number,
  pointer: string,
  group: Group,
  found: (list: EntryList) => void,
): number {
  // ztunnel wrote its workloads as a map by address until Istio 1.22.
  const isMap = group.kind === 'workload' && isObjectAt(bytes, at);
  if (!isMap && !isArrayAt(bytes, at)) return skipValue(bytes, at);
  const unread = isMap ? null : unreadList(bytes, at, pointer, group);
  if (unread !== null) {
    found(unread.list);
    return unread.end;
  }
  const entries: Entry[] = [];
  found(new ReadEntries(group.kind, group.isStatic, pointer, entries));
  const reader = new EntryReader(bytes, spansOf(bytes, at, levelsOf(group)), entry => entries.push(entry));
  return isMap
    ? walkObject(bytes, at, (key, entryAt) => reader.entry(entryAt, `${pointer}/${escapePointer(key)}`, group))
    : walkArray(bytes, at, (index, entryAt) => reader.entry(entryAt, `${pointer}/${index}`, group));
}

/** Reads one entry of a group: its message, or one for each state that it is in. Returns the byte after it. Throws ScanError. */
export function scanEntry(
  bytes: Buffer,
  at: number,
  pointer: string,
  group: Group,
  found: (entry: Entry) => void,
): number {
  return new EntryReader(bytes, null, found).entry(at, pointer, group);
}
