/** A text that is no RFC 6901 pointer, or one that leads nowhere. */
export class PointerError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'PointerError';
  }
}

/** The segments of an RFC 6901 pointer; none for the whole document. Throws PointerError where it does not begin with `/`. */
export function parsePointer(pointer: string): string[] {
  if (pointer === '') return [];
  if (!pointer.startsWith('/')) throw new PointerError(`${pointer} is not a JSON pointer: it begins with / (RFC 6901)`);
  return pointer
    .slice(1)
    .split('/')
    .map(segment => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The place in a list that a segment names: a whole number without leading zeros, below `limit`. Throws PointerError. */
export function indexOf(segment: string, limit: number): number {
  if (!/^(0|[1-9]\d*)$/.test(segment)) throw new PointerError(`${segment} is no place in a list`);
  const index = Number(segment);
  if (index >= limit) throw new PointerError(`the list has no place ${segment}: it has ${limit} here`);
  return index;
}

/** The value that a pointer leads to. Throws PointerError where it leads nowhere. */
export function valueAt(root: unknown, pointer: string): unknown {
  return parsePointer(pointer).reduce((value, segment) => child(value, segment, pointer), root);
}

/** How many of a pointer's segments lead somewhere; none of a text that is no pointer. */
export function depthOf(root: unknown, pointer: string): number {
  let depth = 0;
  try {
    parsePointer(pointer).reduce((value, segment) => {
      const next = child(value, segment, pointer);
      depth++;
      return next;
    }, root);
  } catch (error) {
    if (!(error instanceof PointerError)) throw error;
  }
  return depth;
}

/** One step down: a list's place or an object's own field. Throws PointerError. */
export function child(value: unknown, segment: string, pointer: string): unknown {
  if (Array.isArray(value)) return value[indexOf(segment, value.length)];
  if (typeof value === 'object' && value !== null && Object.hasOwn(value, segment))
    return (value as Record<string, unknown>)[segment];
  throw new PointerError(`nothing stands at ${pointer}: there is no ${segment}`);
}
