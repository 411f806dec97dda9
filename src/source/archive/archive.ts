import type { ByteSource } from '../byte-source.js';
import type { SourceDocument } from '../document.js';
import { whyPassedOver } from '../first-look.js';
import { formOf } from '../form.js';
import { gunzipped } from '../gunzip.js';
import { checkEntries, largerThanAllowed } from '../limits.js';
import { isPassedOverByName } from '../names.js';
import { documentFrom, passedOver, type Reading } from '../reading.js';
import { SourceError } from '../source-error.js';
import { entryPath } from './entry-path.js';

export type EntryType = 'file' | 'directory' | 'link' | 'other';

/** What one archive holds, gathered entry by entry whatever its format. */
export class ArchiveReading {
  private readonly documents = new Map<string, SourceDocument>();
  private readonly problems: SourceError[] = [];
  private entries = 0;

  constructor(
    /** Name of the archive. */
    readonly name: string,
    private readonly reading: Reading,
  ) {}

  /**
   * Takes the next entry's path as it stands in the archive, and its type. Returns the name for people, `archive!/path`, or
   * undefined for what is not read. Throws SourceError for a path that leaves the archive, or one entry too many.
   */
  nameOf(path: string, type: EntryType): string | undefined {
    checkEntries(this.name, ++this.entries, this.reading.limits);
    const below = entryPath(this.name, path);
    if (type === 'directory' || below === '' || below.split('/').some(isPassedOverByName)) return undefined;
    const name = `${this.name}!/${below}`;
    if (type === 'file') return name;
    this.skip(name, type === 'link' ? 'a link in an archive is not followed' : 'not a file');
    return undefined;
  }

  /**
   * Adds an entry by its first bytes and size, unless these say that it is no configuration or too large.
   * One that is gzip itself is unpacked.
   */
  async add(source: ByteSource, head: Buffer, size: number): Promise<void> {
    this.reading.onProgress(source.name);
    const isPacked = formOf(head) === 'gzip';
    const unpacked = isPacked ? gunzipped(source, this.reading.limits) : source;
    const unpackedHead = isPacked ? await unpacked.head() : head;
    const why = whyPassedOver(unpackedHead);
    if (why !== undefined) return this.skip(source.name, why);
    const tooLarge = largerThanAllowed(source.name, size, this.reading.limits);
    if (tooLarge !== undefined) return this.report(tooLarge);
    const document = documentFrom(unpacked, false, source);
    this.documents.set(source.name, document);
    this.reading.onDocument(document, unpackedHead);
  }

  skip(name: string, why: string): void {
    this.reading.listing.skipped.push({ name, why });
  }

  /** Notes what could not be read, when the rest of the archive can stand without it. */
  report(problem: SourceError): void {
    this.problems.push(problem);
  }

  /**
   * Hands over the documents, sorted by name; a later entry has taken the place of an earlier one of the same name, as tar
   * does it. Throws SourceError when there are none: the first problem, else that the archive is empty.
   */
  finish(): void {
    if (this.documents.size === 0) throw this.problems[0] ?? this.empty();
    const sorted = [...this.documents.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    this.reading.listing.documents.push(...sorted);
    this.reading.listing.problems.push(...this.problems);
  }

  private empty(): SourceError {
    const short = `no file in the archive can be configuration${passedOver(this.reading.listing, `${this.name}!/`)}`;
    const hint = 'Unpack it and give what it holds: a bug report, a must-gather or a snapshot with config dumps.';
    return new SourceError('empty-archive', this.name, short, hint);
  }
}
