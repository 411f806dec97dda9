import type { StatusReport } from '../../compare/sync-state.js';

type TypeReport = StatusReport['proxies'][number]['types'][string];
type State = TypeReport['state'];

/** How the states are written. */
export type Words = Readonly<Record<State, string>>;

/** Istio's own words. */
export const FULL: Words = {
  SYNCED: 'SYNCED',
  STALE: 'STALE',
  'NOT SENT': 'NOT SENT',
  ERROR: 'ERROR',
  IGNORED: 'IGNORED',
  SUBSCRIBED: 'subscribed',
  UNKNOWN: 'unknown',
};

/** Shorter ones for a narrow terminal. */
export const COMPACT: Words = {
  SYNCED: 'ok',
  STALE: 'STALE',
  'NOT SENT': 'unsent',
  ERROR: 'ERROR',
  IGNORED: '-',
  SUBSCRIBED: 'yes',
  UNKNOWN: '?',
};

/** The word; beside SYNCED its share where it is not whole, beside STALE its age where there is room for Istio's words. */
export function stateWords({ state, detail }: TypeReport, words: Words): string {
  const beside = state === 'SYNCED' ? /(?<!\d)\d\d?%$/ : state === 'STALE' && words === FULL ? /^(\d+[ydhms])+/ : null;
  const extra = beside?.exec(detail ?? '')?.[0];
  return extra === undefined ? words[state] : `${words[state]} ${extra}`;
}

/** What the short words stand for, as far as they occur. */
export function legend(states: ReadonlySet<State>): string {
  const used = (Object.keys(COMPACT) as State[]).filter(state => states.has(state) && COMPACT[state] !== FULL[state]);
  return used.map(state => `${COMPACT[state]} = ${state === 'IGNORED' ? 'not subscribed' : FULL[state]}`).join(', ');
}
