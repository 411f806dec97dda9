import type { Entry } from '../decode/entry.js';
import type { EntryList } from '../decode/entry-list.js';
import { newestOf } from '../decode/newest.js';
import { groupedBy } from './grouped-by.js';
import type { Messages } from './messages.js';
import { Resource } from './resource.js';

/** A list of entries, and the name of the document that it stands in. */
export interface ListIn {
  readonly list: EntryList;
  readonly document: string;
}

/** Looking for a name in unread lists costs a search through them: after so many an index of all names is cheaper. */
const MAX_SEARCHES = 8;

/** All resources of one kind, which are read only when they are asked for. */
export class ResourceLists {
  private readonly byEntry = new Map<Entry, Resource>();
  private readonly found = new Map<string, readonly Resource[]>();
  /** The last text that was looked for in names, and those that hold it. */
  private held: { readonly text: string; readonly resources: readonly Resource[] } | null = null;
  private every: readonly Resource[] | null = null;
  private serving: readonly Resource[] | null = null;
  private index: ReadonlyMap<string, readonly Resource[]> | null = null;
  private searches = 0;

  constructor(
    private readonly lists: readonly ListIn[],
    /** Resources that stand in no list, after those that do. */
    private readonly others: readonly Resource[] = [],
    private readonly messages: Messages | null = null,
  ) {}

  /** All of them, in document order. */
  get all(): readonly Resource[] {
    this.every ??= [...this.lists.flatMap(list => this.resources(list, list.list.all())), ...this.others];
    return this.every;
  }

  /** Those that serve. */
  get active(): readonly Resource[] {
    this.serving ??= this.all.filter(({ state }) => state === 'active');
    return this.serving;
  }

  /** Every resource of a name. */
  named(name: string): readonly Resource[] {
    if (this.index === null && (this.every !== null || this.searches > MAX_SEARCHES))
      this.index = indexByName(this.all);
    if (this.index !== null) return this.index.get(name) ?? [];
    let found = this.found.get(name);
    if (found === undefined) {
      found = this.search(name);
      this.found.set(name, found);
    }
    return found;
  }

  /** What holds a part of the name has been found before, as a rule: a cluster's name holds its service's. */
  private search(name: string): readonly Resource[] {
    const isNamed = (resource: Resource) => resource.name === name;
    if (this.held !== null && name.includes(this.held.text)) return this.held.resources.filter(isNamed);
    this.searches++;
    return [...this.lists.flatMap(list => this.resources(list, list.list.named(name))), ...this.others.filter(isNamed)];
  }

  /** Those whose name holds a text. */
  containing(text: string): readonly Resource[] {
    this.searches++;
    const holds = (resource: Resource) => resource.name?.includes(text) === true;
    if (this.every !== null || this.searches > MAX_SEARCHES) return this.all.filter(holds);
    const resources = [
      ...this.lists.flatMap(list => this.resources(list, list.list.containing(text))),
      ...this.others.filter(holds),
    ];
    this.held = { text, resources };
    return resources;
  }

  /** When Envoy took the newest of them; null where nothing says. */
  newestUpdate(): string | null {
    return newestOf([
      ...this.lists.map(({ list }) => list.newestUpdate()),
      ...this.others.map(({ lastUpdated }) => lastUpdated),
    ]);
  }

  /** Whether some of them come from the bootstrap. */
  get hasStatic(): boolean {
    return this.lists.some(({ list }) => list.isStatic && list.all().length > 0) || this.others.some(isStatic);
  }

  /** Whether one of those that were read is not JSON. */
  get isDamaged(): boolean {
    return this.lists.some(({ list }) => list.isDamaged);
  }

  /** The documents in which such stand. */
  get damaged(): readonly string[] {
    return this.lists.filter(({ list }) => list.isDamaged).map(({ document }) => document);
  }

  /** The same with resources that stand in no list. */
  with(others: readonly Resource[]): ResourceLists {
    return new ResourceLists(this.lists, [...this.others, ...others], this.messages);
  }

  private resources({ document }: ListIn, entries: readonly Entry[]): Resource[] {
    return entries.map(entry => {
      let resource = this.byEntry.get(entry);
      if (resource === undefined) {
        resource = new Resource(entry, document, this.messages);
        this.byEntry.set(entry, resource);
      }
      return resource;
    });
  }
}

function isStatic(resource: Resource): boolean {
  return resource.isStatic;
}

function indexByName(resources: readonly Resource[]): Map<string, Resource[]> {
  return groupedBy(
    resources.filter(({ name }) => name !== null),
    ({ name }) => name ?? '',
  );
}
