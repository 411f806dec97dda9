import { availableParallelism } from 'node:os';

/** How many threads to use: as many as `--jobs` says, else as there are cores; never more than there are items for. */
export function jobsFor(items: number, jobs: number | undefined, itemsForEach: number): number {
  return Math.max(1, Math.min(jobs ?? availableParallelism(), Math.floor(items / itemsForEach)));
}
