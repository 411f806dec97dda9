/** What stands in quotes, and a TLS error from its first word to its last: both may hold spaces, commas and brackets. */
const TOGETHER = /"([^"]*)"|(TLS[_ ]error\b.{0,1000}?TLS[_ ]error[_ ]end)/gi;
const TLS_ERROR = /^TLS[_ ]error\b/i;
const OPENING = '{[(';
const CLOSING = '}])';

/**
 * Splits what stands side by side in a log line at spaces and commas outside brackets; `-` and quotes, which the log prints for nothing,
 * fall away. A TLS error (`%UPSTREAM_TRANSPORT_FAILURE_REASON%`) is one term up to `TLS_error_end`, or in quotes; so is what else stands in
 * quotes and is known as it is.
 */
export function splitTerms(query: string, isKnown: (term: string) => boolean): string[] {
  const parts: string[] = [];
  let end = 0;
  for (const { 0: whole, 1: quoted, 2: error, index } of query.matchAll(TOGETHER)) {
    const term = error ?? quoted ?? '';
    const isOne = TLS_ERROR.test(term) || isKnown(term);
    parts.push(...splitWords(query.slice(end, index)), ...(isOne ? [term] : splitWords(term)));
    end = index + whole.length;
  }
  return [...parts, ...splitWords(query.slice(end))];
}

/** An argument of a command line that holds a TLS error, in quotes, so that it stays one term among others. */
export function asTerm(argument: string): string {
  return TLS_ERROR.test(argument) && !argument.includes('"') ? `"${argument}"` : argument;
}

function splitWords(query: string): string[] {
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
