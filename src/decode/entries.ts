import { type Spans, spansOf } from './brackets.js';
import { escapePointer } from './case.js';
import { Entry, type EntryParts, type Range } from './entry.js';
import { type Group, stateAt } from './layout.js';
import { isArrayAt, isObjectAt, isStringAt, skipValue, walkArray, walkObject } from './scan.js';

/** Keys that hold a resource's name: `cluster_name` in ClusterLoadAssignment. */
const NAME_KEYS = new Set(['name', 'cluster_name', 'clusterName']);
const ADDRESS_KEYS = new Set(['address', 'additional_addresses', 'additionalAddresses']);
/** UpdateFailureState holds what Envoy refused. */
const FAILED_KEYS = ['failed_configuration', 'failedConfiguration'];

/** Levels from a list of entries down to the members of a message that are passed over: list, entry, state, message, member. */
const LEVELS = 5;
/** The same where the entries are the messages: list, message, member. */
const BARE_LEVELS = 3;

/**
 * Reads the list of entries that begins at byte `at`. `found` gets each entry when it is complete, so that what comes before a break is kept.
 * Returns the byte after the list. Throws ScanError where the document breaks off.
 */
export function scanGroup(
  bytes: Buffer,
  at: number,
  pointer: string,
  group: Group,
  found: (entry: Entry) => void,
): number {
  // ztunnel wrote its workloads as a map by address until Istio 1.22.
  const isMap = group.kind === 'workload' && isObjectAt(bytes, at);
  if (!isMap && !isArrayAt(bytes, at)) return skipValue(bytes, at);
  const levels = group.messageKeys.length === 0 ? BARE_LEVELS : LEVELS;
  const reader = new EntryReader(bytes, spansOf(bytes, at, levels), found);
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

/** Reads entries; of a key that stands twice in one object the last value counts, as JSON.parse has it. */
class EntryReader {
  constructor(
    private readonly bytes: Buffer,
    /** Where the values end that are passed over; null where nobody looked. */
    private readonly spans: Spans | null,
    private readonly found: (entry: Entry) => void,
  ) {}

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
      const end = this.message(at, parts);
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

function emptyParts(): EntryParts {
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
