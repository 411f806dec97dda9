const camelNames = new Map<string, string>();

/** protobuf's JSON name of a field: `consecutive_5xx` is `consecutive5xx`, `filter_chains` is `filterChains`. */
export function camelCase(field: string): string {
  let camel = camelNames.get(field);
  if (camel === undefined) {
    camel = field.replace(/_+(.)/g, (_, letter: string) => letter.toUpperCase());
    camelNames.set(field, camel);
  }
  return camel;
}

/** The field name behind a protobuf JSON name: `filterChains` is `filter_chains`. A name that is snake_case already stays. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`);
}

/** One segment of an RFC 6901 pointer. */
export function escapePointer(segment: string): string {
  return segment.includes('~') || segment.includes('/') ? segment.replaceAll('~', '~0').replaceAll('/', '~1') : segment;
}
