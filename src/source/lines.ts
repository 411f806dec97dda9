import { createReadStream } from 'node:fs';
import { fileSource } from './byte-source.js';
import { formOf } from './form.js';
import { gunzipped } from './gunzip.js';
import { DEFAULT_LIMITS } from './limits.js';
import { nameSources } from './names.js';
import { toSourceError } from './source-error.js';

/** A longer line is cut here: it is no line of a log. */
const MAX_LINE = 256 * 1024;

/** Logs may be larger than a dump, and pack better. */
const LIMITS = { ...DEFAULT_LIMITS, fileBytes: Number.MAX_SAFE_INTEGER, totalBytes: Number.MAX_SAFE_INTEGER };

/**
 * The lines of a text file, plain or gzip, or of standard input for `-`, some at a time, without their line ends. No more of the text is held
 * than these. Throws SourceError.
 */
export async function* readLines(path: string, stdin: () => AsyncIterable<Buffer>): AsyncGenerator<string[]> {
  const name = nameSources([path])[0] ?? path;
  try {
    yield* linesOf(await chunksOf(name, path, stdin));
  } catch (error) {
    throw toSourceError(name, error);
  }
}

async function chunksOf(
  name: string,
  path: string,
  stdin: () => AsyncIterable<Buffer>,
): Promise<AsyncIterable<Buffer>> {
  if (path === '-') return stdin();
  const source = fileSource(name, path, LIMITS);
  const head = await source.head();
  return formOf(head) === 'gzip' ? gunzipped(source, LIMITS).chunks() : createReadStream(path);
}

async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<string[]> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = (lines.pop() ?? '').slice(0, MAX_LINE);
    if (lines.length > 0) yield lines.map(withoutReturn);
  }
  if (rest !== '') yield [withoutReturn(rest)];
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
