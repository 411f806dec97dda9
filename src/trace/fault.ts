import { fractionHolds, fractionOf } from '../match/fraction.js';
import { View } from '../model/view.js';
import { firstValue } from './headers.js';
import type { Tracing } from './tracing.js';

/** A fault that is injected. */
export interface InjectedFault {
  /** Part of such requests that it takes, 0 to 1. */
  readonly share: number;
  /** Whether it takes the request for Envoy's random value. */
  readonly holds: (random: number) => boolean;
  /** A duration (`2s`), or an HTTP or gRPC status, in words. */
  readonly what: string;
  /** The HTTP status of an abort; 200 for one by gRPC status; null for a delay. */
  readonly status: number | null;
  readonly pointer: string;
}

/** The delay of a fault filter; null where none is configured, or the header that controls it did not come. */
export function delayOf(trace: Tracing, delay: View | undefined): InjectedFault | null {
  if (delay === undefined) return null;
  const part = partOf(trace, delay, 'x-envoy-fault-delay-request-percentage');
  if (!delay.has('header_delay')) {
    const fixed = delay.string('fixed_delay') ?? delay.string('fixed_delay_duration') ?? 'an unknown time';
    return { ...part, what: fixed, status: null, pointer: delay.pointer };
  }
  const asked = numberIn(trace, 'x-envoy-fault-delay-request');
  return asked === null
    ? null
    : { ...part, what: `${asked / 1000}s, as a header asks`, status: null, pointer: delay.pointer };
}

/**
 * The abort of a fault filter; null where none is configured, or no header that controls it came with a status from 200 to 599.
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/fault_filter#controlling-fault-injection-via-http-headers
 */
export function abortOf(trace: Tracing, abort: View | undefined): InjectedFault | null {
  if (abort === undefined) return null;
  const part = { ...partOf(trace, abort, 'x-envoy-fault-abort-request-percentage'), pointer: abort.pointer };
  if (!abort.has('header_abort')) {
    if (abort.has('grpc_status'))
      return { ...part, what: `gRPC status ${abort.number('grpc_status') ?? 0}`, status: 200 };
    const status = abort.number('http_status');
    return status === undefined ? null : { ...part, what: String(status), status };
  }
  const status = numberIn(trace, 'x-envoy-fault-abort-request');
  if (status !== null && status >= 200 && status < 600)
    return { ...part, what: `${status}, as a header asks,`, status };
  const grpc = numberIn(trace, 'x-envoy-fault-abort-grpc-request');
  return grpc === null ? null : { ...part, what: `gRPC status ${grpc}, as a header asks,`, status: 200 };
}

/** `percentage`, 0% where it is absent (v2: `percent`); where headers control the fault, one of them may lower it. */
function partOf(trace: Tracing, part: View, header: string): Pick<InjectedFault, 'share' | 'holds'> {
  const early = part.number('percent');
  const percentage = early === undefined ? part.get('percentage') : new View({ numerator: early }, part.pointer);
  if (percentage === undefined) return { share: 0, holds: () => false };
  const isControlled = part.has('header_delay') || part.has('header_abort');
  const asked = isControlled ? numberIn(trace, header) : null;
  const lower = Math.min(asked ?? Number.POSITIVE_INFINITY, percentage.number('numerator') ?? 0);
  const effective =
    asked === null ? percentage : new View({ ...percentage.value, numerator: lower }, percentage.pointer);
  return { share: fractionOf(effective), holds: random => fractionHolds(effective, random) };
}

function numberIn(trace: Tracing, header: string): number | null {
  const value = firstValue(trace, header);
  return value !== undefined && /^\d+$/.test(value) ? Number(value) : null;
}
