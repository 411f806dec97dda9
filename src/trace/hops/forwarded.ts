import type { Tracing } from '../tracing.js';

/** Ends a trace at an endpoint; `because` says which. */
export function forwarded(trace: Tracing, because: string): void {
  trace.end = {
    outcome: 'forwarded',
    responseCode: null,
    responseFlag: null,
    responseCodeDetails: null,
    reason: null,
    because,
  };
}
