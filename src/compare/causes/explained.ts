import type { DriftCause } from '../drift/difference.js';
import { capital } from './words.js';

/** Why a resource differs. */
export interface Explained {
  readonly cause: DriftCause;
  /** One sentence. */
  readonly why: string;
  readonly remedy: string;
}

/** Joins the parts of a sentence and ends it. */
export function sentence(...parts: readonly string[]): string {
  const text = capital(parts.filter(part => part !== '').join('; '));
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
