/** How many files are read and unpacked at the same time, unless told: Node has as many threads for it. */
export const AT_ONCE = 4;

/** An item, and what is being read of it. */
export interface Begun<T, R> {
  readonly item: T;
  readonly reading: Promise<R>;
}

/**
 * The items in their order, each with its reading under way: those of the next ones begin while one is looked at, so many at a time with its own.
 * A reading that fails throws to whoever awaits it, and to nobody else.
 */
export function* ahead<T, R>(
  items: Iterable<T>,
  read: (item: T) => Promise<R>,
  atOnce = AT_ONCE,
): Generator<Begun<T, R>> {
  const begun: Begun<T, R>[] = [];
  for (const item of items) {
    const reading = read(item);
    reading.catch(() => {});
    begun.push({ item, reading });
    if (begun.length >= atOnce) yield* begun.splice(0, 1);
  }
  while (begun.length > 0) yield* begun.splice(0, 1);
}
