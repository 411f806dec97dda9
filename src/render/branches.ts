import type { Step } from '../trace/result.js';

/** The steps of one branch; the common part has no label. */
export interface StepsOfBranch {
  readonly label: string | null;
  readonly steps: readonly Step[];
}

/** Steps by branch, in their order, the common part first. */
export function stepsByBranch(steps: readonly Step[]): StepsOfBranch[] {
  const parts = new Map<string | null, Step[]>();
  for (const step of steps) {
    const label = step.branch ?? null;
    const part = parts.get(label);
    if (part === undefined) parts.set(label, [step]);
    else part.push(step);
  }
  return [...parts].map(([label, own]) => ({ label, steps: own }));
}
