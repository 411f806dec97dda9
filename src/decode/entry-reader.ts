import type { Spans } from './brackets.js';
import { escapePointer } from './case.js';
import { Entry, type EntryParts, emptyParts, type Range } from './entry.js';
import { type Group, stateAt } from './layout.js';
import { isArrayAt, isObjectAt, isStringAt, skipValue, walkObject } from './scan.js';

/** Keys that hold a resource's name: `cluster_name` in ClusterLoadAssignment. */
const NAME_KEYS = new Set(['name', 'cluster_name', 'clusterName']);
const ADDRESS_KEYS = new Set(['address', 'additional_addresses', 'additionalAddresses']);
/** UpdateFailureState holds what Envoy refused. */
const FAILED_KEYS = ['failed_configuration', 'failedConfiguration'];

/** Levels from a list of entries down to the members of a message that are passed over: list, entry, state, message, member. */
const LEVELS = 5;
/** The same where the entries are the messages: list, message, member. */
const BARE_LEVELS = 3;

/** How many levels of spans {@link EntryReader} uses for a list of a group. */
export function levelsOf({ messageKeys }: Group): number {
  return messageKeys.length === 0 ? BARE_LEVELS : LEVELS;
}

/** Reads entries; of a key that stands twice in one object the last value counts, as JSON.parse has it. */
export class EntryReader {
  constructor(
    private readonly bytes: Buffer,
    /** Where the values end that are passed over; null where nobody looked. */
    private readonly spans: Spans | null,
    private readonly found: (entry: Entry) => void,
    /** Messages are passed over: what they say of names and addresses stays unknown. */
    private readonly isOutline = false,
  ) {}

  /** Reads the entry that begins at byte `at`: its message, or one for each state that it is in. Returns the byte after it. Throws ScanError. */
  entry(at: number, pointer: string, group: Group): number {
    if (!isObjectAt(this.bytes, at)) return this.skip(at);
    const own = emptyParts();
    const states = new Map<string, Entry>();
    const isBare = group.messageKeys.length === 0;
    let wrapperName: Range | null = null;
    const end = walkObject(this.bytes, at, (key, valueAt) => {
      const state = isBare ? undefined : stateAt(key);
      if (state !== undefined) return this.state(key, valueAt, pointer, { ...group, state }, states);
      if (ADDRESS_KEYS.has(key)) return this.address(key, valueAt, own);
      if (!NAME_KEYS.has(key)) return this.part(key, valueAt, group.messageKeys, own);
      const nameEnd = this.skip(valueAt);
      wrapperName = this.stringAt(valueAt, nameEnd);
      return nameEnd;
    });
    if (isBare) own.message = { start: at, end };
    if (own.message !== null) {
      own.name ??= wrapperName;
      this.found(new Entry(group.kind, group.state, group.isStatic, this.bytes, pointer, own));
    }
    for (const entry of states.values()) this.found(entry.isNamed ? entry : entry.named(wrapperName));
    return end;
  }

  private state(key: string, at: number, pointer: string, group: Group, states: Map<string, Entry>): number {
    states.delete(key);
    if (!isObjectAt(this.bytes, at)) return this.skip(at);
    const parts = emptyParts();
    const messageKeys = group.state === 'error' ? FAILED_KEYS : group.messageKeys;
    const end = walkObject(this.bytes, at, (partKey, valueAt) => this.part(partKey, valueAt, messageKeys, parts));
    states.set(key, new Entry(group.kind, group.state, group.isStatic, this.bytes, `${pointer}/${key}`, parts));
    return end;
  }

  private part(key: string, at: number, messageKeys: readonly string[], parts: EntryParts): number {
    if (messageKeys.includes(key)) {
      const end = this.isOutline ? this.skip(at) : this.message(at, parts);
      parts.message = { start: at, end };
      parts.messagePath = `/${escapePointer(key)}`;
      return end;
    }
    const end = this.skip(at);
    switch (key) {
      case 'version_info':
      case 'versionInfo':
        parts.versionInfo = this.stringAt(at, end);
        break;
      case 'last_updated':
      case 'lastUpdated':
      case 'last_update_attempt':
      case 'lastUpdateAttempt':
        parts.lastUpdated = this.stringAt(at, end);
        break;
      case 'details':
        parts.errorDetails = this.stringAt(at, end);
        break;
    }
    return end;
  }

  private message(at: number, parts: EntryParts): number {
    parts.name = null;
    parts.addresses = null;
    if (!isObjectAt(this.bytes, at)) return this.skip(at);
    return walkObject(this.bytes, at, (key, valueAt) => {
      if (ADDRESS_KEYS.has(key)) return this.address(key, valueAt, parts);
      const end = this.skip(valueAt);
      if (NAME_KEYS.has(key)) parts.name = this.stringAt(valueAt, end);
      return end;
    });
  }

  private address(key: string, at: number, parts: EntryParts): number {
    const end = this.skip(at);
    parts.addresses ??= new Map();
    parts.addresses.set(key, { start: at, end });
    return end;
  }

  private stringAt(start: number, end: number): Range | null {
    return isStringAt(this.bytes, start) ? { start, end } : null;
  }

  private skip(at: number): number {
    const isContainer = isObjectAt(this.bytes, at) || isArrayAt(this.bytes, at);
    return (isContainer && this.spans?.endOf(at)) || skipValue(this.bytes, at);
  }
}
