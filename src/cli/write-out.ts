import type { Io } from './io.js';

export interface OutOptions {
  /** The file to write; standard output without it. */
  out?: string;
  /** Overwrite the file. */
  force?: boolean;
}

/** Writes a whole answer to standard output, or to the file that the user names. Throws SourceError where the file is there and `force` does not hold. */
export async function writeOut(text: string, { out, force = false }: OutOptions, io: Io): Promise<void> {
  if (out === undefined) {
    io.stdout.write(text);
    return;
  }
  const { writeNewFile } = await import('../source/write.js');
  await writeNewFile(out, Buffer.from(text), { force, signal: io.signal });
}
