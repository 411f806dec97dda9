import type { DecodedDocument } from '../decode/document.js';
import { type Snapshot, snapshotOf } from '../model/snapshot.js';
import { type Decoded, decodeAll } from './decoded.js';
import { type FetchOptions, fetched } from './fetched.js';
import type { Io } from './io.js';
import type { GlobalOptions, SourceOptions } from './options.js';
import { pickDocuments } from './pick.js';
import { saved } from './saved.js';
import type { NamedDocument, Sources } from './sources.js';
import type { WhatIfOptions } from './what-if.js';

type LoadOptions = SourceOptions & WhatIfOptions & GlobalOptions & FetchOptions;

/** What was read, and what the user should know of it. */
export interface Loaded {
  readonly snapshot: Snapshot;
  /** What the snapshot was made of, in its order. */
  readonly documents: readonly DecodedDocument[];
  readonly warnings: readonly string[];
  /** What `--patch` and `--set` changed before anything was decoded. */
  readonly changes: readonly string[];
  /** Addresses of proxies that nobody named, and that were left unread. */
  readonly unread: ReadonlySet<string>;
  /** Reads the proxies at these addresses as well; null where none of them was left unread. */
  readonly withPeers?: (addresses: ReadonlySet<string>) => Promise<Loaded | null>;
  /** Reads some of the other proxies that were left unread: what this one does not know, they may. */
  readonly withOthers?: () => Promise<Loaded>;
}

/** A bug report holds hundreds of proxies: a few of them tell what the mesh knows. */
const ENOUGH_OTHERS = 8;

/** How documents are decoded: by this thread alone, unless told. */
export type Decoding = (documents: readonly NamedDocument[], options: GlobalOptions, io: Io) => Promise<Decoded>;

/**
 * Reads the configuration that a command asks for: `-f`, else through istioctl the proxies that are named.
 * Throws SourceError, DecodeProblem or IstioctlError where nothing could be read.
 */
export async function loadSnapshot(
  options: LoadOptions,
  proxies: readonly string[],
  io: Io,
  decode: Decoding = decodeAll,
): Promise<Loaded> {
  const found = await findDocuments(options, proxies, io);
  return loadedOf(found, await decode(found.documents, options, io));
}

/** Documents, with what `--patch` and `--set` changed in them. */
export interface Found extends Sources {
  readonly changes: readonly string[];
}

/** Finds the documents that {@link loadSnapshot} reads. Throws SourceError or IstioctlError where there is none. */
export async function findDocuments(options: LoadOptions, proxies: readonly string[], io: Io): Promise<Found> {
  const { documents, warnings } = await sourcesOf(options, proxies, io);
  return { warnings, ...(await whatIf(documents, options, proxies, io)) };
}

/** What was found, once it is decoded. Throws the first problem where nothing of it holds configuration. */
export function loadedOf({ warnings, changes }: Found, decoded: Decoded): Loaded {
  if (decoded.documents.length === 0 && decoded.problem !== null) throw decoded.problem;
  return { ...loadedFrom(decoded.documents, [...warnings, ...decoded.warnings]), changes, unread: new Set() };
}

/**
 * Reads of saved files only the proxies that are named, and more by `withPeers` when the requests have shown where they go.
 * Else like {@link loadSnapshot}, whose errors it throws.
 */
export async function loadNamed(
  options: LoadOptions,
  proxies: readonly string[],
  io: Io,
  decode: Decoding = decodeAll,
): Promise<Loaded> {
  const isWhatIf = options.patch !== undefined || options.set !== undefined;
  if (options.file === undefined || proxies.length === 0 || isWhatIf) return loadSnapshot(options, proxies, io, decode);
  const sources = await saved(options.file, options, io);
  const { now, ofNobody, later } = await pickDocuments(sources.documents, proxies);
  const read = (documents: readonly NamedDocument[]) => decode(documents, options, io);
  const decoded = await read(now);
  if (decoded.documents.length === 0 && decoded.problem !== null) throw decoded.problem;
  const others = await read(ofNobody);
  const known = [...decoded.documents, ...others.documents.filter(({ form }) => form === 'ztunnel')];
  return withLater(known, [...sources.warnings, ...decoded.warnings], later, read);
}

function withLater(
  known: readonly DecodedDocument[],
  warnings: readonly string[],
  later: ReadonlyMap<string, readonly NamedDocument[]>,
  read: (documents: readonly NamedDocument[]) => Promise<Decoded>,
): Loaded {
  const loaded = { ...loadedFrom(known, warnings), changes: [], unread: new Set(later.keys()) };
  if (later.size === 0) return loaded;
  const readMore = async (more: readonly NamedDocument[]): Promise<Loaded> => {
    const wanted = new Set(more);
    const decoded = await read([...wanted]);
    const left = new Map([...later].filter(([, documents]) => !documents.some(document => wanted.has(document))));
    return withLater([...known, ...decoded.documents], [...warnings, ...decoded.warnings], left, read);
  };
  return {
    ...loaded,
    withPeers: async addresses => {
      const wanted = [...later].flatMap(([address, documents]) => (addresses.has(address) ? documents : []));
      return wanted.length === 0 ? null : readMore(wanted);
    },
    withOthers: () => readMore([...later.values()].slice(0, ENOUGH_OTHERS).flat()),
  };
}

function loadedFrom(
  documents: readonly DecodedDocument[],
  warnings: readonly string[],
): Omit<Loaded, 'changes' | 'unread'> {
  const snapshot = snapshotOf(documents);
  return { snapshot, documents, warnings: [...warnings, ...snapshot.notes] };
}

function sourcesOf(options: LoadOptions, proxies: readonly string[], io: Io): Promise<Sources> {
  return options.file === undefined
    ? fetched(options, proxies, io)
    : saved(options.file, options, io, options.onDocument);
}

async function whatIf(documents: readonly NamedDocument[], options: WhatIfOptions, proxies: readonly string[], io: Io) {
  if (options.patch === undefined && options.set === undefined) return { documents, changes: [] };
  const { applyWhatIf } = await import('./what-if.js');
  return applyWhatIf(documents, options, proxies, io);
}
