import type { Tracing } from './tracing.js';

/** Ends a trace as passthrough, to an address (`ip:port`) where one is known; `because` is the clause behind it. */
export function passThrough(trace: Tracing, address: string | null, because: string): void {
  if (address !== null) trace.endpoints = [{ address, health: 'UNKNOWN', priority: 0, locality: '', share: 1 }];
  trace.end = {
    outcome: 'passthrough',
    responseCode: null,
    responseFlag: null,
    responseCodeDetails: null,
    reason: null,
    because,
  };
}
