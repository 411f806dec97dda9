import { needsInput, type Unknown } from './ternary.js';

const GAP = /⟨([^⟩]*)⟩/g;

/** Stands in a text for what only the running Envoy knows, any characters or none. `what` is told as missing where an answer depends on it. */
export function unknownPart(what: string): string {
  return `⟨${what}⟩`;
}

/** What of a text is not known; null where all is known. */
export function unknownIn(text: string): Unknown | null {
  if (!text.includes('⟨')) return null;
  const gaps = new Set([...text.matchAll(GAP)].map(([, what = '']) => what));
  return gaps.size === 0 ? null : needsInput([...gaps].join(' and '));
}

/** What is known of a text, around the parts that are not: before the first, between them, behind the last. */
export function knownParts(text: string): string[] {
  return text.split(GAP).filter((_, index) => index % 2 === 0);
}

/** Answers of the four literal comparisons for a text with gaps; null where the gaps decide. */
export const PARTLY = {
  exactly: (parts: readonly string[], wanted: string): boolean | null => (fits(parts, wanted) ? null : false),
  beginsWith: ([first = '']: readonly string[], wanted: string): boolean | null =>
    first.startsWith(wanted) || (wanted.startsWith(first) ? null : false),
  endsWith: (parts: readonly string[], wanted: string): boolean | null => {
    const last = parts.at(-1) ?? '';
    return last.endsWith(wanted) || (wanted.endsWith(last) ? null : false);
  },
  containing: (parts: readonly string[], wanted: string): boolean | null =>
    parts.some(part => part.includes(wanted)) || null,
};

/** Whether a text can be what is known with something in the gaps. */
function fits(parts: readonly string[], text: string): boolean {
  const first = parts[0] ?? '';
  const last = parts.at(-1) ?? '';
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= text.length - last.length;
}
