import type { ExplainedTerm } from '../findings/explanations/explained.js';
import type { Paint } from './paint.js';
import { columns } from './wrap.js';

/** A term and its kind; the kind stands on a line of its own where both together are too long. */
export function termTitle(
  { title }: ExplainedTerm,
  kind: string,
  { width, paint }: { width: number; paint: Paint },
): string[] {
  const name = paint('bold', title);
  return columns(`${title} - ${kind}`) > width ? [name, kind] : [`${name} - ${kind}`];
}
