import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { readIfThere } from '../../source/read-file.js';
import { SourceError } from '../../source/source-error.js';
import { writeNewFile } from '../../source/write.js';

/** Lies in the private folder: the key that all pseudonyms are drawn from, and what each name became. */
const FILE = 'pseudonyms.json';
const KEY_BYTES = 32;

type Words = Readonly<Record<string, string>>;

/** The secret key of a private folder, made where there is none. */
export class PseudonymKey {
  private constructor(
    private readonly path: string,
    readonly key: string,
    private readonly words: Words,
  ) {}

  /** Throws SourceError where the folder's file is no such key. */
  static async of(folder: string): Promise<PseudonymKey> {
    const path = join(folder, FILE);
    const bytes = await readIfThere(path);
    if (bytes === null) {
      const fresh = new PseudonymKey(path, randomBytes(KEY_BYTES).toString('hex'), {});
      await fresh.save({});
      return fresh;
    }
    try {
      const { key, words }: { key?: unknown; words?: Words } = JSON.parse(bytes.toString('utf8'));
      if (typeof key === 'string' && key.length >= 2 * KEY_BYTES) return new PseudonymKey(path, key, words ?? {});
    } catch {
      // Told below, like a file that is something else.
    }
    throw new SourceError(
      'unreadable',
      path,
      'it holds no key',
      'Remove it, for new pseudonyms, and the folder made with it.',
    );
  }

  /** Writes the key with all words that were replaced so far. */
  async save(words: Words, signal?: AbortSignal): Promise<void> {
    const text = `${JSON.stringify({ key: this.key, words: { ...this.words, ...words } }, null, 1)}\n`;
    const options = { force: true, isPrivate: true, ...(signal === undefined ? {} : { signal }) };
    await writeNewFile(this.path, Buffer.from(text), options);
  }
}
