import type { Outcome, TraceResult } from '../trace/result.js';

/** How an end looks to whoever asked. */
export type Tone = 'good' | 'warn' | 'bad';

const TONES: Record<Outcome, Tone> = {
  forwarded: 'good',
  passthrough: 'warn',
  blackholed: 'bad',
  responded: 'bad',
  closed: 'bad',
  mixed: 'warn',
  undetermined: 'warn',
};

/** The tone of a result: an answer below 400 is good, whoever gives it. */
export function toneOf({ outcome, responseCode }: Pick<TraceResult, 'outcome' | 'responseCode'>): Tone {
  return outcome === 'responded' && (responseCode ?? 500) < 400 ? 'good' : TONES[outcome];
}
