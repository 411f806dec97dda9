import { escapePointer } from './case.js';
import type { Break } from './document.js';
import { scanEntry, scanGroup } from './entries.js';
import { Entry } from './entry.js';
import { groupOf, groupOfEntryType, isContainer, kindOfSectionType, type ResourceKind } from './layout.js';
import { isArrayAt, isObjectAt, parseRange, ScanError, skipSpace, skipValue, walkArray, walkObject } from './scan.js';

/** What was found in one JSON value. */
export interface Sections {
  entries: Entry[];
  kinds: Set<ResourceKind>;
  /** The section's own `version_info`, by kind. */
  versions: Map<ResourceKind, string>;
  /** Byte after the value, or the end of the document where it broke off. */
  end: number;
  broken: Break | null;
  /** Keys of the root object, in order. */
  rootKeys: string[];
}

/** Collects all sections of the object or array that begins at byte `at`. A break keeps what came before it. */
export function collectSections(bytes: Buffer, at: number, pointer = ''): Sections {
  const sections: Sections = {
    entries: [],
    kinds: new Set(),
    versions: new Map(),
    end: bytes.length,
    broken: null,
    rootKeys: [],
  };
  const walk = new SectionWalk(bytes, sections);
  try {
    sections.end = isArrayAt(bytes, at) ? walk.container(at, pointer) : walk.object(at, pointer);
  } catch (error) {
    if (!(error instanceof ScanError)) throw error;
    sections.broken = { offset: error.offset, message: error.message, kind: walk.current };
  }
  return sections;
}

class SectionWalk {
  /** The kind being read, for the message where the document breaks off. */
  current: ResourceKind | null = null;

  constructor(
    private readonly bytes: Buffer,
    private readonly sections: Sections,
  ) {}

  /** A list or map of objects that hold sections. */
  container(at: number, pointer: string): number {
    if (isObjectAt(this.bytes, at)) return this.object(at, pointer);
    if (!isArrayAt(this.bytes, at)) return skipValue(this.bytes, at);
    return walkArray(this.bytes, at, (index, itemAt) => this.item(itemAt, `${pointer}/${index}`));
  }

  /** An item of `configs`: a section, or a lone entry as `/config_dump?resource=dynamic_active_clusters` gives it. */
  private item(at: number, pointer: string): number {
    if (!isObjectAt(this.bytes, at)) return skipValue(this.bytes, at);
    const group = groupOfEntryType(firstType(this.bytes, at));
    if (group === null) return this.object(at, pointer);
    this.current = group.kind;
    this.sections.kinds.add(group.kind);
    return scanEntry(this.bytes, at, pointer, group, entry => this.sections.entries.push(entry));
  }

  object(at: number, pointer: string): number {
    const seen = new Set<string>();
    return walkObject(this.bytes, at, (key, valueAt) => {
      const child = `${pointer}/${escapePointer(key)}`;
      if (seen.has(key)) this.drop(child);
      seen.add(key);
      if (pointer === '') this.sections.rootKeys.push(key);
      return this.member(key, valueAt, child);
    });
  }

  private member(key: string, at: number, pointer: string): number {
    const group = groupOf(key);
    if (group !== undefined) {
      this.current = group.kind;
      this.sections.kinds.add(group.kind);
      return scanGroup(this.bytes, at, pointer, group, entry => this.sections.entries.push(entry));
    }
    if (key === 'bootstrap') return this.bootstrap(at, pointer);
    if (key === '@type') return this.type(at);
    if (key === 'version_info' || key === 'versionInfo') return this.version(at);
    return isContainer(key) ? this.container(at, pointer) : skipValue(this.bytes, at);
  }

  private bootstrap(at: number, pointer: string): number {
    this.current = 'bootstrap';
    const end = skipValue(this.bytes, at);
    this.sections.kinds.add('bootstrap');
    const parts = {
      resource: { start: at, end },
      resourceKey: '',
      name: null,
      addresses: new Map(),
      versionInfo: null,
      lastUpdated: null,
      errorDetails: null,
    };
    this.sections.entries.push(new Entry('bootstrap', 'active', true, this.bytes, pointer, parts));
    return end;
  }

  private type(at: number): number {
    const end = skipValue(this.bytes, at);
    const type = parseRange(this.bytes, at, end);
    const kind = typeof type === 'string' ? kindOfSectionType(type) : null;
    if (kind !== null) this.sections.kinds.add(kind);
    if (kind !== null) this.current = kind;
    return end;
  }

  /** Stands behind the section's `@type`, before its entries. */
  private version(at: number): number {
    const end = skipValue(this.bytes, at);
    const version = parseRange(this.bytes, at, end);
    if (typeof version === 'string' && this.current !== null) this.sections.versions.set(this.current, version);
    return end;
  }

  /** Of a key that stands twice in one object the last one counts, as JSON.parse has it. */
  private drop(pointer: string): void {
    this.sections.entries = this.sections.entries.filter(entry => !`${entry.pointer}/`.startsWith(`${pointer}/`));
  }
}

/** The `@type` of an object where it comes first, as Envoy prints it; null otherwise. */
function firstType(bytes: Buffer, at: number): string | null {
  const keyAt = skipSpace(bytes, at + 1);
  if (bytes.toString('latin1', keyAt, keyAt + 7) !== '"@type"') return null;
  const valueAt = skipSpace(bytes, skipSpace(bytes, keyAt + 7) + 1);
  const type = parseRange(bytes, valueAt, skipValue(bytes, valueAt));
  return typeof type === 'string' ? type : null;
}
