import { wholeSeconds } from './duration.js';
import { type SyncFacts, type SyncState, type TypeStatus, typeStatus } from './status.js';

/** A word in capitals, then remarks in parentheses: `NOT SENT (0%)`, `STALE (Never Acknowledged) (50%)`. */
const CELL = /^([A-Z][A-Z]*(?:[ _][A-Z]+)*)((?: \([^)]*\))*)$/;

/** istioctl prints protobuf's UNKNOWN as IGNORED since 1.21: the proxy does not ask for the type. */
const STATES: Readonly<Record<string, SyncState>> = {
  SYNCED: 'SYNCED',
  STALE: 'STALE',
  'NOT SENT': 'NOT SENT',
  NOT_SENT: 'NOT SENT',
  ERROR: 'ERROR',
  IGNORED: 'IGNORED',
  UNKNOWN: 'IGNORED',
};

/** The state that a word stands for; UNKNOWN with the word as remark where it is none that is known. */
export function stateOf(word: string, facts: SyncFacts = {}): TypeStatus {
  const state = STATES[word];
  return state === undefined ? typeStatus('UNKNOWN', { ...facts, remark: word }) : typeStatus(state, facts);
}

/**
 * Reads one cell under a type's column; null when it is no state at all.
 * `durations` tells what a time in parentheses means: in 1.0 `behind`, since 1.23 `age`.
 */
export function parseCell(cell: string, durations: 'age' | 'behind'): TypeStatus | null {
  const match = CELL.exec(cell);
  if (match === null) return null;
  const remarks = [...(match[2] ?? '').matchAll(/\(([^)]*)\)/g)].map(([, remark = '']) => factOf(remark, durations));
  return stateOf(match[1] ?? '', Object.assign({}, ...remarks));
}

function factOf(remark: string, durations: 'age' | 'behind'): SyncFacts {
  if (/^\d+%$/.test(remark)) return { percent: Number.parseInt(remark, 10) };
  if (remark === 'Never Acknowledged') return { neverAcknowledged: true };
  const duration = wholeSeconds(remark);
  return duration === null ? { remark } : { [durations]: duration };
}
