const OPENING = '{[(';
const CLOSING = '}])';

/**
 * Splits what stands side by side in a log line at spaces and commas outside brackets; `-` and quotes, which the log prints for nothing,
 * fall away.
 */
export function splitTerms(query: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const letter of query) {
    if (OPENING.includes(letter)) depth += 1;
    if (CLOSING.includes(letter)) depth -= 1;
    if (depth <= 0 && /[\s,"]/.test(letter)) parts.push('');
    else parts[parts.length - 1] += letter;
  }
  return parts.filter(part => part !== '' && part !== '-');
}
