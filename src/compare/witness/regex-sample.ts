/** What a piece of a regular expression may be replaced by, so that the whole still matches. Applied in this order. */
const PIECES: readonly (readonly [RegExp, string])[] = [
  [/^\^|\$$/g, ''],
  [/\(\?[:iP<][^)]*?(?:>|:)?/g, '('],
  [/\\d(?:[+*]|\{[^}]*\})?/g, '1'],
  [/\\w(?:[+*]|\{[^}]*\})?/g, 'a'],
  [/\[\^[^\]]*\](?:[+*]|\{[^}]*\})?/g, 'a'],
  [/\[([a-zA-Z0-9])[^\]]*\](?:[+*]|\{[^}]*\})?/g, '$1'],
  [/\.[*]\??/g, ''],
  [/\.\+\??/g, 'a'],
  [/\(([^()|]*)(?:\|[^()]*)?\)[?*]/g, ''],
  [/\(([^()|]*)(?:\|[^()]*)?\)\+?/g, '$1'],
  [/(\\.|[^\\])[?*]/g, ''],
  [/\\(.)/g, '$1'],
];

/** A text that a simple regular expression is likely to match; the caller checks whether it does. */
export function sampleOf(regex: string): string {
  return PIECES.reduce((text, [piece, replacement]) => text.replace(piece, replacement), regex);
}
