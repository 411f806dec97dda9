/** The words of a key, lower-case: `secretAccessKey`, `secret_access_key` and `SECRET-ACCESS-KEY` give the same three. */
export function keyWords(key: string): string[] {
  return key
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .filter(word => word !== '')
    .map(word => word.toLowerCase());
}

/** The last word of a key, lower-case; empty when it has none. */
export function lastWord(key: string): string {
  return keyWords(key).at(-1) ?? '';
}
