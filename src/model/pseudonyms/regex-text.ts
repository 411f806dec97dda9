/** What in a regular expression is not text: escapes, classes, groups' beginnings and repetitions. Escaped points are text. */
const SYNTAX =
  /\\[pPx]\{[^}]*\}|\\[^.]|\[\^?\]?(?:\\.|\[:\w+:\]|[^\]\\])*\]|\(\?(?:P?<\w+>|[a-zA-Z-]*[:)]|[=!]|<[=!])|\{\d*,?\d*\}/g;

/** A piece of a pattern: its text, or syntax between texts. */
export interface Piece {
  readonly text: string;
  readonly isSyntax: boolean;
}

/** A regular expression (RE2, or ECMAScript of API v2) in pieces that joined give it again. */
export function regexPieces(pattern: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of pattern.matchAll(SYNTAX)) {
    if (match.index > end) pieces.push({ text: pattern.slice(end, match.index), isSyntax: false });
    pieces.push({ text: match[0], isSyntax: true });
    end = match.index + match[0].length;
  }
  if (end < pattern.length) pieces.push({ text: pattern.slice(end), isSyntax: false });
  return pieces;
}
