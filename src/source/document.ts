import type { Limits } from './limits.js';

/** How much of a document a first look reads, in bytes. */
export const HEAD_BYTES = 64 * 1024;

/** The bytes of a document, in the encoding of the source: whoever decodes them calls `toUtf8` first. */
export interface LoadedBytes {
  readonly bytes: Buffer;
  /** Why the bytes are not all there, in words for people that follow its name (a gzip stream that is cut off); absent when they are. */
  readonly incomplete?: string;
  /** Whether all bytes are below 0x80; absent where nobody looked. */
  readonly isAscii?: boolean;
}

/** Hears while bytes are read how many there are, and of how many as far as that is known. */
export type OnRead = (done: number, total: number) => void;

/** A file that holds one document, for a thread that cannot be handed the document itself. */
export interface FilePlace {
  /** The document's. */
  readonly name: string;
  readonly path: string;
  /** Whether it is gzip. */
  readonly isPacked: boolean;
  readonly limits: Limits;
}

/** One named piece of configuration, wherever it comes from. Nothing is read before `head` or `load` is called. */
export interface SourceDocument {
  /**
   * Name for people and evidence, with `/` between folders: the path as the user gave it, `-` for standard input,
   * `bug-report.tar.gz!/bug-report/proxies/ns/pod/config_dump` inside an archive, or a command line.
   * Stable and never absolute.
   */
  readonly name: string;
  /** Folder part of the name: what stands in one folder belongs to one proxy when no node id says whose it is. */
  readonly folder: string;
  /** The proxy as `pod.namespace`, where the layout of a bug report or must-gather tells it. */
  readonly proxyHint?: string;
  /** True where the user named this very file or stream, not a directory or archive that it was found in. */
  readonly isNamed?: boolean;
  /** The command that fetched it, where it came from istioctl. */
  readonly command?: string;
  /** Where it lies, if it is a file by itself. */
  readonly place?: FilePlace;
  /** The first bytes, HEAD_BYTES at most, without reading the rest. Throws SourceError. */
  head(): Promise<Buffer>;
  /** All bytes, read anew at each call: keep the result. Throws SourceError. */
  load(onRead?: OnRead): Promise<LoadedBytes>;
  /** SHA-256 of the file as it lies there, packed or not, in lower-case hexadecimal; absent where it is no file. Throws SourceError. */
  sha256?(): Promise<string>;
}

/** What a document may say about itself beside name and bytes. */
export interface DocumentTraits {
  /** Defaults to the folder part of the name. */
  readonly folder?: string;
  readonly proxyHint?: string;
  readonly command?: string;
  readonly incomplete?: string;
}

/** What a document says about itself beside name and bytes, for another one in its place. */
export function traitsOf({ folder, proxyHint, command }: SourceDocument): DocumentTraits {
  return {
    folder,
    ...(proxyHint === undefined ? {} : { proxyHint }),
    ...(command === undefined ? {} : { command }),
  };
}

/** A document of bytes that are in memory already: standard input, the output of a command, a test. */
export function documentOf(name: string, bytes: Buffer, traits: DocumentTraits = {}): SourceDocument {
  const { incomplete, ...others } = traits;
  return {
    folder: folderOf(name),
    ...others,
    name,
    head: async () => bytes.subarray(0, HEAD_BYTES),
    load: async () => (incomplete === undefined ? { bytes } : { bytes, incomplete }),
  };
}

/** The folder part of a document's name; empty when it has none. */
export function folderOf(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf('/')));
}
