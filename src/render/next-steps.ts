import type { ExplainedTerm } from '../findings/explanations/explained.js';
import { shellLines } from './shell-lines.js';
import { hang } from './wrap.js';

/** What to do next, in numbered steps, each with its command below it. */
export function nextSteps({ next }: ExplainedTerm, width: number): string[] {
  return next.flatMap(({ say, command }, index) => [
    ...hang(`  ${index + 1}. `, say, width),
    ...(command === null ? [] : shellLines(command, '     ', width)),
  ]);
}
