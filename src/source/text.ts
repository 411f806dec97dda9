import { readSources } from './read.js';
import { SourceError } from './source-error.js';

/** The text of a small file, or of standard input for `-`. Throws SourceError. */
export async function readText(path: string, stdin: () => AsyncIterable<Buffer>): Promise<string> {
  const { documents } = await readSources([path], { stdin });
  const [document] = documents;
  if (document === undefined) throw new SourceError('missing', path, 'it holds nothing to read', 'Give a file.');
  return (await document.load()).bytes.toString('utf8');
}
