import type { TraceResult } from './result.js';

const PREFIX = 'What if: ';

/** Marks a result as one of changed configuration: an assumption for each change, and the verdict's sentence says so. */
export function asWhatIf(result: TraceResult, changes: readonly string[]): TraceResult {
  if (changes.length === 0) return result;
  return {
    ...result,
    sentence: `With the change tried out (nothing was applied): ${result.sentence}`,
    assumptions: [...changes.map(change => `${PREFIX}${change}`), ...result.assumptions],
  };
}

/** The changes that a result was traced with; none where it is of the configuration as it was read. */
export function whatIfChanges({ assumptions }: TraceResult): string[] {
  return assumptions.filter(line => line.startsWith(PREFIX)).map(line => line.slice(PREFIX.length));
}
