import { textParts } from './page/page.js';
import { printable } from './printable.js';

/** Text on one line of GitHub's Markdown, in which nothing but the code between backticks is markup. */
export function markdownText(words: string): string {
  return textParts(printable(words).replace(/\s+/g, ' '))
    .map((part, index) => (index % 2 === 1 ? `\`${part}\`` : escaped(part)))
    .join('');
}

/** An underscore inside a word is none of Markdown's. */
function escaped(part: string): string {
  return part.replace(/[\\*<>[\]~&]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, '\\$&');
}
