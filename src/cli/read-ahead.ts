import type { LoadedBytes } from '../source/document.js';
import type { NamedDocument } from './sources.js';

/** Files that are read and unpacked at the same time, unless told: Node has as many threads for it. */
export const READ_AT_ONCE = 4;

/** The same documents in their order, of which so many are read and unpacked at the same time: the next ones while one is being decoded. */
export function* readAhead(documents: readonly NamedDocument[], jobs = READ_AT_ONCE): Generator<NamedDocument> {
  const begun: Promise<LoadedBytes>[] = [];
  let next = 0;
  for (const { document, ...named } of documents) {
    for (; next < documents.length && begun.length < jobs; next++) {
      const ahead = documents[next];
      if (ahead !== undefined) begun.push(begin(ahead));
    }
    const bytes = begun.shift();
    yield { ...named, document: bytes === undefined ? document : { ...document, load: () => bytes } };
  }
}

/** Whoever asks for the bytes hears of an error; nobody else need. */
function begin({ document }: NamedDocument): Promise<LoadedBytes> {
  const bytes = document.load();
  bytes.catch(() => {});
  return bytes;
}
