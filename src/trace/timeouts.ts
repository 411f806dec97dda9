import type { View } from '../model/view.js';
import type { Tracing } from './tracing.js';

/**
 * The route's timeout as a duration, Envoy's 15s where it sets none; `max_stream_duration` wins over it.
 * https://www.envoyproxy.io/docs/envoy/latest/faq/configuration/timeouts
 */
export function timeoutOf(trace: Tracing, action: View): string {
  const stream = action.get('max_stream_duration');
  const isGrpc = trace.request.protocol === 'grpc';
  const streamLimit =
    (isGrpc ? stream?.string('grpc_timeout_header_max') : undefined) ?? stream?.string('max_stream_duration');
  const own = action.string('timeout');
  if (own === undefined && streamLimit !== undefined) return streamLimit;
  return own ?? '15s';
}

/** The retry policy that applies, with where it stands; the route's own wins over the virtual host's. Null without one. */
export function retriesOf(action: View, virtualHost: View | null): Record<string, unknown> | null {
  const own = action.get('retry_policy');
  const policy = own ?? virtualHost?.get('retry_policy');
  if (policy === undefined) return null;
  return {
    retry_on: policy.string('retry_on') ?? '',
    num_retries: policy.number('num_retries') ?? 1,
    ...(policy.has('per_try_timeout') ? { per_try_timeout: policy.string('per_try_timeout') } : {}),
    ...(policy.list('retry_host_predicate').length > 0
      ? { retry_host_predicate: policy.list('retry_host_predicate').map(item => item.string('name')) }
      : {}),
    ...(policy.strings('retriable_status_codes').length > 0
      ? { retriable_status_codes: policy.strings('retriable_status_codes').map(Number) }
      : {}),
    from: own === undefined ? 'virtual host' : 'route',
  };
}
