import type { ByteSource } from './byte-source.js';

/** Heads that are read at the same time: Node has as many threads for it. */
const AT_ONCE = 4;

/** The same sources in their order, of which the first bytes of the next ones are read while one is looked at. */
export function* headsAhead(sources: readonly ByteSource[]): Generator<ByteSource> {
  const begun: Promise<Buffer>[] = [];
  let next = 0;
  for (const source of sources) {
    for (; next < sources.length && begun.length < AT_ONCE; next++) {
      const ahead = sources[next];
      if (ahead !== undefined) begun.push(begin(ahead));
    }
    yield withHead(source, begun.shift());
  }
}

/** Whoever asks for the head hears of an error; nobody else need. */
function begin(source: ByteSource): Promise<Buffer> {
  const head = source.head();
  head.catch(() => {});
  return head;
}

/** The source with a head that was read, which is given once and not kept. */
function withHead(source: ByteSource, head: Promise<Buffer> | undefined): ByteSource {
  let first = head;
  return {
    ...source,
    head: () => {
      const given = first ?? source.head();
      first = undefined;
      return given;
    },
  };
}
