import { DRIFT_KINDS, type DriftKind } from './difference.js';

/** The plural of a kind, as `--only` takes it. */
export function plural(kind: DriftKind): string {
  return kind === 'bootstrap' ? kind : kind === 'ecds' ? 'extensions' : `${kind}s`;
}

/** All kinds, as `--only` takes them. */
export const KIND_WORDS: readonly string[] = DRIFT_KINDS.map(plural);

/** The kind that a word of `--only` means; null for none. */
export function kindOf(word: string): DriftKind | null {
  const wanted = word.trim().toLowerCase();
  return DRIFT_KINDS.find(kind => wanted === kind || wanted === plural(kind)) ?? null;
}
