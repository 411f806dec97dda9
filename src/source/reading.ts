import { createHash } from 'node:crypto';
import type { ByteSource } from './byte-source.js';
import { folderOf, type SourceDocument } from './document.js';
import type { Limits } from './limits.js';
import { proxyHint } from './proxy-hint.js';
import { type SourceError, toSourceError } from './source-error.js';

/** A file that was not read, because it cannot be configuration. */
interface SkippedFile {
  readonly name: string;
  /** Why, in a few words. */
  readonly why: string;
}

/** What the sources hold. */
export interface SourceListing {
  /** In the order of the paths given; sorted by name within a directory or archive. */
  readonly documents: SourceDocument[];
  /** What was passed over without harm. */
  readonly skipped: SkippedFile[];
  /** What should have been read and could not: the rest stands without it. */
  readonly problems: SourceError[];
}

/** One reading of all sources: its limits, and what it has found so far. */
export interface Reading {
  readonly limits: Limits;
  readonly listing: SourceListing;
  /** Called with the name of each file or entry before it is looked at. */
  readonly onProgress: (name: string) => void;
  /** Called with each document that is found and its first bytes, which nobody need read once more. */
  readonly onDocument: (document: SourceDocument, head: Buffer) => void;
}

const MAX_NAMED = 2;

/** The first files whose names begin like this that were passed over, and why, in brackets; empty where there are none. */
export function passedOver({ skipped }: SourceListing, prefix: string): string {
  const below = skipped.filter(({ name }) => name.startsWith(prefix));
  const named = below.slice(0, MAX_NAMED).map(({ name, why }) => `${name.slice(prefix.length)}: ${why}`);
  const more = below.length - named.length;
  if (more > 0) named.push(`and ${more} more`);
  return named.length === 0 ? '' : ` (${named.join('; ')})`;
}

/** A document whose bytes are read when they are asked for; `file` is what they are unpacked from, where they are. */
export function documentFrom(source: ByteSource, isNamed = false, file = source): SourceDocument {
  const { name } = source;
  const hint = proxyHint(name);
  const fail = (error: unknown) => Promise.reject(toSourceError(name, error));
  return {
    name,
    folder: folderOf(name),
    isNamed,
    ...(hint === undefined ? {} : { proxyHint: hint }),
    head: () => source.head().catch(fail),
    load: onRead => source.load(onRead).catch(fail),
    sha256: () => digest(file).catch(fail),
  };
}

async function digest(source: ByteSource): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of source.chunks()) hash.update(chunk);
  return hash.digest('hex');
}
