import { camelCase, escapePointer } from './case.js';
import { Entry, type EntryParts, type Range } from './entry.js';
import { type Group, RESOURCE_KEYS, STATE_KEYS } from './layout.js';
import { isArrayAt, isObjectAt, parseRange, skipValue, walkArray, walkObject } from './scan.js';

/** Keys that hold a resource's name: `cluster_name` in ClusterLoadAssignment. */
const NAME_KEYS = new Set(['name', 'cluster_name', 'clusterName']);
const ADDRESS_KEYS = new Set(['address', 'additional_addresses', 'additionalAddresses']);
const resourceKeyForms = new Map(
  Object.entries(RESOURCE_KEYS).map(([kind, key]) => [kind, key === null ? [] : [key, camelCase(key)]]),
);
const stateByKey = new Map(
  Object.entries(STATE_KEYS).flatMap(([key, state]) => [key, camelCase(key)].map(form => [form, state] as const)),
);

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

/** Reads one entry of a group: its resource, or one for each state that it is in. Returns the byte after it. */
export function scanEntry(
  bytes: Buffer,
  at: number,
  pointer: string,
  group: Group,
  found: (entry: Entry) => void,
): number {
  if (!isObjectAt(bytes, at)) return skipValue(bytes, at);
  const own = emptyParts();
  const states: Entry[] = [];
  const resourceKeys = resourceKeyForms.get(group.kind) ?? [];
  const outerName: { name: string | null } = { name: null };
  const end = walkObject(bytes, at, (key, valueAt) => {
    const state = stateByKey.get(key);
    if (state !== undefined) return scanState(bytes, valueAt, `${pointer}/${key}`, { ...group, state }, states);
    if (NAME_KEYS.has(key)) return readString(bytes, valueAt, text => (outerName.name = text));
    if (ADDRESS_KEYS.has(key)) return readRange(bytes, valueAt, range => own.addresses.set(key, range));
    return scanPart(bytes, key, valueAt, resourceKeys, own);
  });
  if (own.resource === null && group.bare) own.resource = { start: at, end };
  if (own.resource !== null) {
    own.name ??= outerName.name;
    found(new Entry(group.kind, group.state, group.isStatic, bytes, pointer, own));
  }
  for (const entry of states) found(entry.name === null ? entry.named(outerName.name) : entry);
  return end;
}

function scanState(bytes: Buffer, at: number, pointer: string, group: Group, states: Entry[]): number {
  if (!isObjectAt(bytes, at)) return skipValue(bytes, at);
  const parts = emptyParts();
  const keys =
    group.state === 'error'
      ? ['failed_configuration', 'failedConfiguration']
      : (resourceKeyForms.get(group.kind) ?? []);
  const end = walkObject(bytes, at, (key, valueAt) => scanPart(bytes, key, valueAt, keys, parts));
  states.push(new Entry(group.kind, group.state, group.isStatic, bytes, pointer, parts));
  return end;
}

function scanPart(bytes: Buffer, key: string, at: number, resourceKeys: readonly string[], parts: EntryParts): number {
  if (resourceKeys.includes(key)) {
    const end = scanResource(bytes, at, parts);
    parts.resource = { start: at, end };
    parts.resourceKey = `/${escapePointer(key)}`;
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

function scanResource(bytes: Buffer, at: number, parts: EntryParts): number {
  if (!isObjectAt(bytes, at)) return skipValue(bytes, at);
  parts.addresses = new Map();
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

function readString(bytes: Buffer, at: number, use: (text: string) => void): number {
  const end = skipValue(bytes, at);
  const value = parseRange(bytes, at, end);
  if (typeof value === 'string') use(value);
  return end;
}

function emptyParts(): EntryParts {
  return {
    resource: null,
    resourceKey: '',
    name: null,
    addresses: new Map(),
    versionInfo: null,
    lastUpdated: null,
    errorDetails: null,
  };
}
