/** Names in a sentence: `a, b and c`; more than `most` are counted. */
export function list(items: readonly string[], most = 5, word: 'and' | 'or' = 'and'): string {
  if (items.length > most) return `${items.slice(0, most).join(', ')} ${word} ${items.length - most} more`;
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} ${word} ${last}`;
}

/** `1 endpoint`, `3 endpoints`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** A sentence about what was meant perhaps; empty where nothing is near. */
export function didYouMean(names: readonly string[]): string {
  return names.length === 0 ? '' : ` Near names: ${list(names)}.`;
}

/** A text that begins a sentence. */
export function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
