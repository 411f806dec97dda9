import { createReadStream } from 'node:fs';
import { fileSource } from './byte-source.js';
import { type FileForm, formOf } from './form.js';
import { gunzipped } from './gunzip.js';
import { DEFAULT_LIMITS } from './limits.js';
import { nameSources } from './names.js';
import { SourceError, toSourceError } from './source-error.js';
import { utf16Order } from './utf16.js';

/** A longer line is cut here: it is no line of a log. */
const MAX_LINE = 256 * 1024;

/** Logs may be larger than a dump, and pack better. */
const LIMITS = { ...DEFAULT_LIMITS, fileBytes: Number.MAX_SAFE_INTEGER, totalBytes: Number.MAX_SAFE_INTEGER };

/**
 * The lines of a text file, plain or gzip, UTF-8 or UTF-16, or of standard input for `-`, some at a time, without their line ends. No more of the text is held
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
  const form = formOf(await source.head());
  if (form !== 'gzip') return textOf(name, form, createReadStream(path));
  const unpacked = gunzipped(source, LIMITS);
  return textOf(name, formOf(await unpacked.head()), unpacked.chunks());
}

function textOf(name: string, form: FileForm, chunks: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  if (form === 'plain') return chunks;
  const hint = 'Unpack it and give the log of one proxy; a bug report has it in proxies/NAMESPACE/POD/istio-proxy.log.';
  throw new SourceError('not-readable-form', name, `lines are not read from ${form}`, hint);
}

async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<string[]> {
  let decoder: ReturnType<typeof decoderFor> | null = null;
  let rest = '';
  for await (const chunk of atLeast(2, chunks)) {
    decoder ??= decoderFor(chunk);
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = (lines.pop() ?? '').slice(0, MAX_LINE);
    if (lines.length > 0) yield lines.map(withoutReturn);
  }
  if (rest !== '') yield [withoutReturn(rest)];
}

/** PowerShell's `>` writes UTF-16. */
function decoderFor(first: Buffer) {
  const order = utf16Order(first);
  return new TextDecoder(order === undefined ? 'utf-8' : `utf-16${order}`);
}

/** The same bytes, the first piece of them long enough to tell their encoding. */
async function* atLeast(bytes: number, chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let first: Buffer | null = Buffer.alloc(0);
  for await (const chunk of chunks) {
    if (first === null) yield chunk;
    else {
      first = Buffer.concat([first, chunk]);
      if (first.length < bytes) continue;
      yield first;
      first = null;
    }
  }
  if (first !== null) yield first;
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
