import type { DecodedDocument } from '../decode/document.js';
import { entriesOf } from '../decode/entry-list.js';
import { isObject } from '../decode/json.js';
import { groupedBy } from './grouped-by.js';
import { type Node, nodeName, readNode } from './node.js';
import { oncePer } from './once.js';
import { View } from './view.js';

/** Words of file names that say what a document is, not whose. */
const FORM_WORDS = new Set(
  (
    'istioctl envoy pilot istiod config dump configdump clusters cluster listeners listener routes route endpoints endpoint ' +
    'eds noeds cds lds rds bootstrap secrets secret json yaml yml txt gz'
  ).split(' '),
);

/** The documents of one folder that belong together. */
interface Group {
  /** What names the proxy among them; null where they only lie together. */
  readonly owner: string | null;
  /** The name for people where nobody names the proxy. */
  readonly label: string;
  readonly documents: DecodedDocument[];
}

/**
 * Finds out which documents are of one proxy. A document names it by its node id, or its place does; one that names none belongs to
 * the only proxy of its folder, to the one that its file name names, or to those that are called alike.
 */
export function groupByProxy(documents: readonly DecodedDocument[]): Map<string, DecodedDocument[]> {
  const groups = [...groupedBy(documents, ({ folder }) => folder).values()].flatMap(groupsOfFolder);
  const proxies = new Map<string, DecodedDocument[]>();
  const add = (name: string, more: readonly DecodedDocument[]) =>
    proxies.set(name, [...(proxies.get(name) ?? []), ...more]);
  for (const { owner, documents: own } of groups) if (owner !== null) add(owner, own);
  const [only] = proxies.size === 1 ? proxies.keys() : [];
  const nameless = groups.filter(({ owner }) => owner === null);
  for (const group of nameless) {
    const isPart = group.documents.every(({ kinds }) => !kinds.has('listener'));
    if (only !== undefined && isPart) add(only, group.documents);
    else add(uniqueLabel(group, nameless), group.documents);
  }
  return proxies;
}

/** The node of a dump's bootstrap; null where the document has none. */
export const bootstrapNode = oncePer((document: DecodedDocument): Node | null => {
  for (const entry of entriesOf(document.lists.filter(({ kind }) => kind === 'bootstrap'))) {
    const value = entry.member('node');
    const node = isObject(value) ? readNode(new View(value, `${entry.pointer}/node`)) : null;
    if (node !== null) return node;
  }
  return null;
});

function ownerOf(document: DecodedDocument): string | null {
  const client = isObject(document.node) ? readNode(new View(document.node, '')) : null;
  const node = bootstrapNode(document) ?? client;
  return node === null ? document.proxyHint : nodeName(node);
}

function groupsOfFolder(documents: readonly DecodedDocument[]): Group[] {
  const owners = new Map<string, DecodedDocument[]>();
  const nameless: DecodedDocument[] = [];
  for (const document of documents) {
    const owner = ownerOf(document);
    if (owner === null) nameless.push(document);
    else owners.set(owner, [...(owners.get(owner) ?? []), document]);
  }
  const rest = nameless.filter(document => {
    const owner = ownerByName(document, owners);
    if (owner !== undefined) owners.get(owner)?.push(document);
    return owner === undefined;
  });
  const named = [...owners].map(([owner, own]): Group => ({ owner, label: owner, documents: own }));
  return [...named, ...namelessGroups(rest)];
}

/** The only owner, the one whose name the file name holds (the longest where one name holds another), or that of a file called alike. */
function ownerByName(
  document: DecodedDocument,
  owners: ReadonlyMap<string, readonly DecodedDocument[]>,
): string | undefined {
  const names = [...owners.keys()];
  if (names.length === 1) return names[0];
  const [named] = names
    .filter(name => document.name.includes(podOf(name)))
    .sort((a, b) => podOf(b).length - podOf(a).length);
  if (named !== undefined) return named;
  const key = fileKey(document);
  const alike = key === '' ? [] : names.filter(name => owners.get(name)?.some(other => fileKey(other) === key));
  return alike.length === 1 ? alike[0] : undefined;
}

function podOf(name: string): string {
  return name.split('.')[0] ?? name;
}

/** Files called alike go together; files that are called after their form alone go with the only others, or are the folder's. */
function namelessGroups(documents: readonly DecodedDocument[]): Group[] {
  const byKey = groupedBy(documents, fileKey);
  const [first, ...more] = [...byKey.keys()].filter(key => key !== '');
  if (first !== undefined && more.length === 0) return [groupOf(documents)];
  return [...byKey.values()].map(groupOf);
}

function groupOf(documents: readonly DecodedDocument[]): Group {
  const [first] = documents;
  const key = documents.map(fileKey).find(candidate => candidate !== '') ?? '';
  const folder = first?.folder.split('/').at(-1) ?? '';
  const file = stem(first?.name ?? '');
  const label = documents.length === 1 && key !== '' ? file : key || folder || file;
  return { owner: null, label, documents: [...documents] };
}

/** Two folders may hold files of the same name. */
function uniqueLabel(group: Group, groups: readonly Group[]): string {
  const isUnique = groups.every(other => other === group || other.label !== group.label);
  const folder = group.documents[0]?.folder ?? '';
  if (isUnique || folder === '') return group.label;
  return folder.endsWith(group.label) ? folder : `${folder}/${group.label}`;
}

/** The words of a file name that do not say what form it has: `productpage-v1` of `productpage-v1.config_dump.json`. */
function fileKey({ name }: DecodedDocument): string {
  const words = stem(name).split(/[._\s-]+/);
  return words.filter(word => word !== '' && !FORM_WORDS.has(word.toLowerCase())).join('-');
}

function stem(name: string): string {
  const file = name.split('/').at(-1) ?? name;
  return file === '-' ? 'stdin' : file.replace(/#\d+$/, '').replace(/\.(json|ya?ml|txt)?(\.gz)?$/, '');
}
