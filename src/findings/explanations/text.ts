import type { CommandKey } from './commands.js';

/** Languages of the prose. English is complete; what another language lacks is shown in English, and said to be. */
export const LANGUAGES = ['en', 'zh'] as const;

export type Language = (typeof LANGUAGES)[number];

/** One thing to look at: a sentence, and the command that shows it where there is one. */
export type Next = readonly [say: string, run?: CommandKey];

/** Everything about a term but what it means; terms of one group share it. */
export interface GroupText {
  /** Who sends it, and at which point of the path. */
  from: string;
  /** Usual causes in an Istio mesh, likeliest first. */
  causes: readonly string[];
  /** What to look at, in order. */
  next: readonly Next[];
}

export interface Text extends GroupText {
  /** One or two plain sentences. */
  means: string;
}

/** A text that takes what it leaves out from its group. */
export type PartialText = Pick<Text, 'means'> & Partial<GroupText>;

/** Who makes a term appear in the log: this Envoy by itself, the server's side, or the client. */
export type Side = 'proxy' | 'upstream' | 'client' | 'either';
