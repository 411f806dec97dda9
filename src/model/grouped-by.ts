/** Items by what a function says of each; groups and items in the order of the items. */
export function groupedBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  return groupedByEach(items, item => [keyOf(item)]);
}

/** Items by each of the keys that a function gives of them, an item without a key in no group; groups and items in the order of the items. */
export function groupedByEach<T>(items: readonly T[], keysOf: (item: T) => readonly string[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    for (const key of keysOf(item)) {
      const same = groups.get(key);
      if (same === undefined) groups.set(key, [item]);
      else same.push(item);
    }
  }
  return groups;
}
