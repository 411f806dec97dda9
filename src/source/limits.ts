import { constants } from 'node:buffer';
import { SourceError } from './source-error.js';

/** How much a source may hold before it is refused. */
export interface Limits {
  /** Files in one directory tree, or entries in one archive. */
  readonly entries: number;
  /** Bytes of all entries of one archive together, unpacked. */
  readonly totalBytes: number;
  /** Bytes of one file or entry, unpacked. */
  readonly fileBytes: number;
  /** Unpacked bytes for each packed byte, once RATIO_FREE_BYTES have been unpacked. */
  readonly ratio: number;
}

const GIB = 1024 ** 3;

/** So much may be unpacked whatever the ratio: small files of one repeated line are no bombs. */
const RATIO_FREE_BYTES = 64 * 1024 * 1024;

export const DEFAULT_LIMITS: Limits = {
  entries: 100_000,
  totalBytes: 8 * GIB,
  fileBytes: Math.min(constants.MAX_LENGTH, 4 * GIB) - 1,
  ratio: 1000,
};

/** The command-line option that raises each limit. */
const LIMIT_OPTIONS: Record<keyof Limits, string> = {
  entries: '--max-entries',
  totalBytes: '--max-total-bytes',
  fileBytes: '--max-file-bytes',
  ratio: '--max-ratio',
};

/** Throws SourceError when a directory or archive holds more entries than allowed. */
export function checkEntries(path: string, entries: number, limits: Limits): void {
  if (entries <= limits.entries) return;
  const short = `it holds more than ${limits.entries} entries`;
  throw new SourceError('too-many', path, short, `Give a part of it, or raise ${LIMIT_OPTIONS.entries}.`);
}

/** Throws SourceError when an archive unpacks to more bytes than allowed. */
export function checkTotal(path: string, bytes: number, limits: Limits): void {
  if (bytes <= limits.totalBytes) return;
  const short = `its entries unpack to more than ${inUnits(limits.totalBytes)}`;
  throw new SourceError('too-large', path, short, `Unpack what you need, or raise ${LIMIT_OPTIONS.totalBytes}.`);
}

/** Throws SourceError when one file or entry is larger than allowed, unpacked. */
export function checkFile(path: string, bytes: number, limits: Limits): void {
  const error = largerThanAllowed(path, bytes, limits);
  if (error !== undefined) throw error;
}

/** The error for one file or entry that is larger than allowed, for those who can go on without it. */
export function largerThanAllowed(path: string, bytes: number, limits: Limits): SourceError | undefined {
  if (bytes <= limits.fileBytes) return undefined;
  const short = `it is larger than ${inUnits(limits.fileBytes)}`;
  return new SourceError('too-large', path, short, `Give a smaller file, or raise ${LIMIT_OPTIONS.fileBytes}.`);
}

/** Throws SourceError when so many packed bytes unpack to suspiciously many. */
export function checkRatio(path: string, packed: number, unpacked: number, limits: Limits): void {
  if (unpacked <= RATIO_FREE_BYTES || unpacked <= packed * limits.ratio) return;
  const short = `it unpacks to more than ${limits.ratio} times its size, as a decompression bomb does`;
  throw new SourceError('ratio', path, short, `If you trust it, raise ${LIMIT_OPTIONS.ratio}.`);
}

/** Bytes in words: `8 GiB`. */
export function inUnits(bytes: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB'];
  const power = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, bytes + 1)) / 10));
  return `${Number((bytes / 1024 ** power).toFixed(1))} ${units[power]}`;
}
