import { escapePointer } from './case.js';
import type { Break } from './document.js';
import { scanEntry, scanGroup } from './entries.js';
import type { Entry } from './entry.js';
import { type EntryList, ReadEntries } from './entry-list.js';
import {
  type Group,
  groupAt,
  groupOf,
  groupOfEntry,
  groupOfGeneric,
  isContainer,
  kindOfSection,
  type ResourceKind,
} from './layout.js';
import { isArrayAt, isObjectAt, parseRange, ScanError, skipValue, stringIn, walkArray, walkObject } from './scan.js';

/** Deeper than any form nests its sections: what lies below is passed over. */
const MAX_DEPTH = 8;

/** That there is a section for a kind. */
interface Section {
  readonly kind: ResourceKind;
  /** Whether it holds all of them, not single entries. */
  readonly isWhole: boolean;
  /** The section's own `version_info`. */
  readonly version?: string;
}

/** Something that the walk came upon, where it stands. */
export interface Part {
  readonly pointer: string;
  readonly section?: Section;
  readonly list?: EntryList;
  /** The node of a CSDS client. */
  readonly node?: unknown;
}

/** What was found in one JSON value. */
export interface Sections {
  readonly parts: readonly Part[];
  /** Byte after the value, or the end of the document where it broke off. */
  readonly end: number;
  readonly broken: Break | null;
  /** Keys of the root object, in order. */
  readonly rootKeys: readonly string[];
  readonly notes: readonly string[];
}

/** Collects all sections of the object or array that begins at byte `at`. A break keeps what came before it. */
export function collectSections(bytes: Buffer, at: number): Sections {
  const walk = new SectionWalk(bytes);
  try {
    const end = walk.container(at, '', 0);
    return { ...walk.found(), end, broken: null };
  } catch (error) {
    if (!(error instanceof ScanError)) throw error;
    const broken = { offset: error.offset, message: error.message, kind: walk.current };
    return { ...walk.found(), end: bytes.length, broken };
  }
}

class SectionWalk {
  /** The kind being read, for the message where the document breaks off. */
  current: ResourceKind | null = null;
  private readonly parts: Part[] = [];
  private readonly dropped = new Set<Part>();
  private readonly rootKeys: string[] = [];
  private readonly notes: string[] = [];

  constructor(private readonly bytes: Buffer) {}

  found(): Pick<Sections, 'parts' | 'rootKeys' | 'notes'> {
    const parts = this.dropped.size === 0 ? this.parts : this.parts.filter(part => !this.dropped.has(part));
    return { parts, rootKeys: this.rootKeys, notes: this.notes };
  }

  /** An object that holds sections, or a list of such objects. */
  container(at: number, pointer: string, depth: number): number {
    if (depth > MAX_DEPTH) return skipValue(this.bytes, at);
    if (isObjectAt(this.bytes, at)) return this.object(at, pointer, depth);
    if (!isArrayAt(this.bytes, at)) return skipValue(this.bytes, at);
    return walkArray(this.bytes, at, (index, itemAt) =>
      isObjectAt(this.bytes, itemAt)
        ? this.object(itemAt, `${pointer}/${index}`, depth + 1)
        : skipValue(this.bytes, itemAt),
    );
  }

  /** The object itself is an entry where its `@type` says so, as in `/config_dump?resource=dynamic_active_clusters`. */
  private object(at: number, pointer: string, depth: number): number {
    const earlier = new Map<string, { readonly from: number; readonly to: number }>();
    const begin = this.parts.length;
    const seen = { type: '', version: '', hasBootstrap: false };
    const end = walkObject(this.bytes, at, (key, valueAt) => {
      const from = this.parts.length;
      if (pointer === '') this.rootKeys.push(key);
      this.drop(earlier.get(key));
      const valueEnd = this.member(key, valueAt, `${pointer}/${escapePointer(key)}`, depth);
      if (key === '@type') seen.type = stringIn(this.bytes, valueAt, valueEnd) ?? '';
      if (key === 'version_info' || key === 'versionInfo') seen.version = stringIn(this.bytes, valueAt, valueEnd) ?? '';
      if (key === 'bootstrap') seen.hasBootstrap = true;
      earlier.set(key, { from, to: this.parts.length });
      return valueEnd;
    });
    if (seen.hasBootstrap) this.bootstrap(at, pointer);
    if (seen.version !== '') this.version(pointer, seen.version, begin);
    const group = groupOfEntry(seen.type);
    if (group !== null) this.loneEntry(at, pointer, group);
    return end;
  }

  private member(key: string, at: number, pointer: string, depth: number): number {
    const group = groupAt(key);
    if (group !== undefined) {
      this.section(pointer, group.kind, true);
      return scanGroup(this.bytes, at, pointer, group, list => this.parts.push({ pointer, list }));
    }
    if (isContainer(key)) return this.container(at, pointer, depth + 1);
    switch (key) {
      case '@type':
        return this.type(at, pointer);
      case 'bootstrap':
        this.current = 'bootstrap';
        return skipValue(this.bytes, at);
      case 'node':
        return this.node(at, pointer);
      case 'xds':
        return this.map(at, pointer, depth + 1);
      case 'generic_xds_configs':
      case 'genericXdsConfigs':
        return this.generic(at, pointer);
      default:
        return skipValue(this.bytes, at);
    }
  }

  /** Envoy Gateway's `xds`: a dump for each of its proxies, by name. */
  private map(at: number, pointer: string, depth: number): number {
    if (!isObjectAt(this.bytes, at)) return skipValue(this.bytes, at);
    return walkObject(this.bytes, at, (key, valueAt) =>
      this.container(valueAt, `${pointer}/${escapePointer(key)}`, depth),
    );
  }

  private type(at: number, pointer: string): number {
    const end = skipValue(this.bytes, at);
    const kind = kindOfSection(stringIn(this.bytes, at, end) ?? '');
    if (kind !== null) this.section(pointer, kind, true);
    return end;
  }

  private bootstrap(at: number, pointer: string): void {
    scanEntry(this.bytes, at, pointer, groupOf('bootstrap', 'active', true), entry => {
      try {
        void entry.message;
      } catch (error) {
        if (!(error instanceof ScanError)) throw error;
        this.notes.push(`the bootstrap is not JSON (${error.message}) and was passed over`);
        return;
      }
      this.section(pointer, 'bootstrap', true);
      this.entry(entry);
    });
  }

  private loneEntry(at: number, pointer: string, group: Group): void {
    this.section(pointer, group.kind, false);
    scanEntry(this.bytes, at, pointer, group, entry => this.entry(entry));
  }

  private node(at: number, pointer: string): number {
    const end = skipValue(this.bytes, at);
    if (/^\/config\/\d+\/node$/.test(pointer)) this.parts.push({ pointer, node: parseRange(this.bytes, at, end) });
    return end;
  }

  private generic(at: number, pointer: string): number {
    if (!isArrayAt(this.bytes, at)) return skipValue(this.bytes, at);
    return walkArray(this.bytes, at, (index, itemAt) => {
      const itemPointer = `${pointer}/${index}`;
      const { end, group } = this.genericGroup(itemAt);
      if (group === null) return end;
      this.section(itemPointer, group.kind, true);
      return scanEntry(this.bytes, itemAt, itemPointer, group, entry => this.entry(entry));
    });
  }

  private genericGroup(at: number): { readonly end: number; readonly group: Group | null } {
    if (!isObjectAt(this.bytes, at)) return { end: skipValue(this.bytes, at), group: null };
    let type = '';
    let isStatic = false;
    const end = walkObject(this.bytes, at, (key, valueAt) => {
      const valueEnd = skipValue(this.bytes, valueAt);
      if (key === 'type_url' || key === 'typeUrl') type = stringIn(this.bytes, valueAt, valueEnd) ?? '';
      if (key === 'is_static_resource' || key === 'isStaticResource') isStatic = this.bytes[valueAt] === 0x74;
      return valueEnd;
    });
    return { end, group: groupOfGeneric(type, isStatic) };
  }

  /** The version of a section whose parts begin at `begin`. */
  private version(pointer: string, version: string, begin: number): void {
    const section = this.parts
      .slice(begin)
      .find(part => part.section !== undefined && !this.dropped.has(part))?.section;
    if (section !== undefined) this.parts.push({ pointer, section: { ...section, version } });
  }

  private section(pointer: string, kind: ResourceKind, isWhole: boolean): void {
    this.current = kind;
    this.parts.push({ pointer, section: { kind, isWhole } });
  }

  private entry(entry: Entry): void {
    const { kind, isStatic, pointer } = entry;
    this.parts.push({ pointer, list: new ReadEntries(kind, isStatic, pointer, [entry]) });
  }

  /** Of a key that stands twice in one object the last one counts, as JSON.parse has it. */
  private drop(earlier: { readonly from: number; readonly to: number } | undefined): void {
    if (earlier === undefined) return;
    for (const part of this.parts.slice(earlier.from, earlier.to)) this.dropped.add(part);
  }
}
