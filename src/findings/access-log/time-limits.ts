import type { LogEntry } from '../../decode/access-log/entry.js';
import { durationMilliseconds } from '../../model/view.js';
import type { TraceResult } from '../../trace/result.js';
import { explainTerm } from '../explain.js';

/** How long Envoy waits for an answer, by the fields that say so; null for a field that sets no limit. */
export type TimeLimits = Readonly<Record<string, string | null>>;

const TIMEOUT = 'timeout';
const OF_A_TRY = ['per_try_timeout', 'per_try_idle_timeout'];

/** What details tell of the limit that was reached; a flag alone may be of any. */
const BY_DETAILS: Readonly<Record<string, readonly string[]>> = {
  response_timeout: [TIMEOUT],
  upstream_per_try_timeout: ['per_try_timeout'],
  upstream_per_try_idle_timeout: ['per_try_idle_timeout'],
};

/** Envoy's timers run in whole turns of its event loop. */
const TURN_MS = 10;

/**
 * The limits of a traced request's route that make Envoy give up (UT); null where the line tells of another end, or the trace does not know
 * them. Of a try's timeout that is not shorter than the whole one Envoy takes no notice.
 * https://www.envoyproxy.io/docs/envoy/latest/faq/configuration/timeouts, source/common/router/router.cc (finalTimeout)
 */
export function timeLimits(entry: LogEntry, { timeout, retries }: TraceResult): TimeLimits | null {
  if (timeout === null || 'retry_policy_typed_config' in retries || !isGivenUp(entry)) return null;
  const whole = milliseconds(timeout);
  const fields = BY_DETAILS[entry.details ?? ''] ?? [TIMEOUT, ...OF_A_TRY];
  const limits = fields.map(field => {
    const value = field === TIMEOUT ? timeout : retries[field];
    const limit = milliseconds(value);
    const isIdle = limit === 0 || (field === 'per_try_timeout' && whole !== 0 && limit >= whole);
    return [field, isIdle ? null : String(value)];
  });
  return Object.fromEntries(limits);
}

/** Whether any limit is set. */
export function isLimited(limits: TimeLimits): boolean {
  return Object.values(limits).some(limit => limit !== null);
}

/** Whether a request that took no longer ended before Envoy gives up here. */
export function isTooShort(limits: TimeLimits, longest: number): boolean {
  const set = Object.values(limits).filter(limit => limit !== null);
  return set.every(limit => longest + TURN_MS < milliseconds(limit));
}

function isGivenUp({ flags, details }: LogEntry): boolean {
  const terms = [...flags, details].flatMap(term => (term === null ? [] : (explainTerm(term)?.terms ?? [])));
  return terms.some(({ kind, term }) => (kind === 'response-flag' && term === 'UT') || term in BY_DETAILS);
}

function milliseconds(duration: unknown): number {
  return durationMilliseconds(duration) ?? 0;
}
