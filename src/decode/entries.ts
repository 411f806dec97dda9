import { escapePointer } from './case.js';
import { Entry, type EntryParts, type Range } from './entry.js';
import { type Group, stateAt } from './layout.js';
import { isArrayAt, isObjectAt, skipValue, stringIn, walkArray, walkObject } from './scan.js';

/** Keys that hold a resource's name: `cluster_name` in ClusterLoadAssignment. */
const NAME_KEYS = new Set(['name', 'cluster_name', 'clusterName']);
const ADDRESS_KEYS = new Set(['address', 'additional_addresses', 'additionalAddresses']);
/** UpdateFailureState holds what Envoy refused. */
const FAILED_KEYS = ['failed_configuration', 'failedConfiguration'];

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
  const entry = (key: string | number, entryAt: number) => scanEntry(bytes, entryAt, `${pointer}/${key}`, group, found);
  if (isArrayAt(bytes, at)) return walkArray(bytes, at, entry);
  // ztunnel wrote its workloads as a map by address until Istio 1.22.
  const isMap = group.kind === 'workload' && isObjectAt(bytes, at);
  return isMap ? walkObject(bytes, at, (key, entryAt) => entry(escapePointer(key), entryAt)) : skipValue(bytes, at);
}

/** Reads one entry of a group: its message, or one for each state that it is in. Returns the byte after it. Throws ScanError. */
export function scanEntry(
  bytes: Buffer,
  at: number,
  pointer: string,
  group: Group,
  found: (entry: Entry) => void,
): number {
  if (!isObjectAt(bytes, at)) return skipValue(bytes, at);
  const own = emptyParts();
  const states = new Map<string, Entry>();
  let wrapperName: string | null = null;
  const end = walkObject(bytes, at, (key, valueAt) => {
    const state = stateAt(key);
    if (state !== undefined) {
      return scanState(bytes, valueAt, `${pointer}/${key}`, { ...group, state }, entry => states.set(key, entry));
    }
    if (NAME_KEYS.has(key)) return readString(bytes, valueAt, text => (wrapperName = text));
    if (ADDRESS_KEYS.has(key)) return readRange(bytes, valueAt, range => own.addresses.set(key, range));
    return scanPart(bytes, key, valueAt, group.messageKeys, own);
  });
  if (group.messageKeys.length === 0) own.message = { start: at, end };
  if (own.message !== null) {
    own.name ??= wrapperName;
    found(new Entry(group.kind, group.state, group.isStatic, bytes, pointer, own));
  }
  for (const entry of states.values()) found(entry.name === null ? entry.named(wrapperName) : entry);
  return end;
}

function scanState(bytes: Buffer, at: number, pointer: string, group: Group, found: (entry: Entry) => void): number {
  if (!isObjectAt(bytes, at)) return skipValue(bytes, at);
  const parts = emptyParts();
  const messageKeys = group.state === 'error' ? FAILED_KEYS : group.messageKeys;
  const end = walkObject(bytes, at, (key, valueAt) => scanPart(bytes, key, valueAt, messageKeys, parts));
  found(new Entry(group.kind, group.state, group.isStatic, bytes, pointer, parts));
  return end;
}

function scanPart(bytes: Buffer, key: string, at: number, messageKeys: readonly string[], parts: EntryParts): number {
  if (messageKeys.includes(key)) {
    const end = scanMessage(bytes, at, parts);
    parts.message = { start: at, end };
    parts.messagePath = `/${escapePointer(key)}`;
    return end;
  }
  switch (key) {
    case 'version_info':
    case 'versionInfo':
      return readString(bytes, at, text => (parts.versionInfo = text));
    case 'last_updated':
    case 'lastUpdated':
    case 'last_update_attempt':
    case 'lastUpdateAttempt':
      return readString(bytes, at, text => (parts.lastUpdated = text));
    case 'details':
      return readString(bytes, at, text => (parts.errorDetails = text));
    default:
      return skipValue(bytes, at);
  }
}

/** A key that stands twice counts with its last value, so each message begins afresh. */
function scanMessage(bytes: Buffer, at: number, parts: EntryParts): number {
  parts.name = null;
  parts.addresses = new Map();
  if (!isObjectAt(bytes, at)) return skipValue(bytes, at);
  return walkObject(bytes, at, (key, valueAt) => {
    if (NAME_KEYS.has(key)) return readString(bytes, valueAt, text => (parts.name = text));
    if (ADDRESS_KEYS.has(key)) return readRange(bytes, valueAt, range => parts.addresses.set(key, range));
    return skipValue(bytes, valueAt);
  });
}

function readRange(bytes: Buffer, at: number, use: (range: Range) => void): number {
  const end = skipValue(bytes, at);
  use({ start: at, end });
  return end;
}

function readString(bytes: Buffer, at: number, use: (text: string | null) => void): number {
  const end = skipValue(bytes, at);
  use(stringIn(bytes, at, end));
  return end;
}

function emptyParts(): EntryParts {
  return {
    message: null,
    messagePath: '',
    name: null,
    addresses: new Map(),
    versionInfo: null,
    lastUpdated: null,
    errorDetails: null,
  };
}
