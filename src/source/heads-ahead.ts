import { ahead } from './ahead.js';
import type { ByteSource } from './byte-source.js';

/** The same sources in their order, of which the first bytes of the next ones are read while one is looked at. */
export function* headsAhead(sources: readonly ByteSource[]): Generator<ByteSource> {
  for (const { item, reading } of ahead(sources, source => source.head())) yield withHead(item, reading);
}

/** The source with a head that was read, which is given once and not kept. */
function withHead(source: ByteSource, head: Promise<Buffer>): ByteSource {
  let first: Promise<Buffer> | undefined = head;
  return {
    ...source,
    head: () => {
      const given = first ?? source.head();
      first = undefined;
      return given;
    },
  };
}
