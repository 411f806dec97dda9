import { isObject } from '../decode/json.js';
import { matchHeader } from '../match/header.js';
import { extensionOf } from '../model/extension.js';
import { View } from '../model/view.js';
import { headerLookup } from './headers.js';
import { duration, integerIn } from './timeouts.js';
import type { Tracing } from './tracing.js';

/** Fields that are told as they stand, where the policy sets them. */
const TOLD = ['per_try_timeout', 'per_try_idle_timeout'];

/** What each header may ask for; Envoy does not heed other words. */
const CONDITIONS: Readonly<Record<string, readonly string[]>> = {
  'x-envoy-retry-on': [
    '5xx',
    'gateway-error',
    'connect-failure',
    'envoy-ratelimited',
    'retriable-4xx',
    'refused-stream',
    'retriable-status-codes',
    'retriable-headers',
    'reset',
    'reset-before-request',
    'http3-post-connect-failure',
  ],
  'x-envoy-retry-grpc-on': ['cancelled', 'deadline-exceeded', 'internal', 'resource-exhausted', 'unavailable'],
};

/** The request headers that the router filter takes its retries from, and does not send on (RetryStateImpl::create). */
export const RETRY_HEADERS = [
  ...Object.keys(CONDITIONS),
  'x-envoy-max-retries',
  'x-envoy-hedge-on-per-try-timeout',
  'x-envoy-retriable-header-names',
  'x-envoy-retriable-status-codes',
  'x-envoy-upstream-rq-per-try-timeout-ms',
];

/**
 * The retry policy that applies, with where it stands; the route's own wins over the virtual host's, as a whole. What request headers ask for is
 * added to it (those of an outside client are removed at the edge). Null without any. A policy that an extension holds
 * (`retry_policy_typed_config`) is named by its type.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/route/v3/route_components.proto#config-route-v3-retrypolicy,
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/router_filter#x-envoy-retry-on
 */
export function retriesOf(trace: Tracing, action: View): Record<string, unknown> | null {
  const { virtualHost } = trace;
  const policy = policyOf(action, 'route') ?? (virtualHost === null ? null : policyOf(virtualHost, 'virtual host'));
  const typed =
    policy ??
    typedPolicyOf(action, 'route') ??
    (virtualHost === null ? null : typedPolicyOf(virtualHost, 'virtual host'));
  return policy === null && typed !== null ? typed : onlyWithHeaders(trace, withAsked(trace, policy));
}

interface Policy extends Record<string, unknown> {
  readonly retry_on: string;
  readonly num_retries: number;
  readonly retriable_status_codes?: readonly number[];
  /** As configured; absent where there are none. */
  readonly retriable_request_headers?: readonly unknown[];
  readonly from: string;
}

function policyOf(holder: View, from: string): Policy | null {
  const policy = holder.get('retry_policy');
  if (policy === undefined) return null;
  const told = TOLD.filter(field => policy.has(field)).map(field => [field, policy.string(field)] as const);
  const backOff = policy.get('retry_back_off');
  const predicates = policy.list('retry_host_predicate').map(item => item.string('name'));
  const statuses = policy.strings('retriable_status_codes').map(Number);
  const headers = policy.list('retriable_request_headers').map(({ value }) => value);
  return {
    retry_on: policy.string('retry_on') ?? '',
    num_retries: policy.number('num_retries') ?? 1,
    ...Object.fromEntries(told),
    ...(backOff === undefined ? {} : { retry_back_off: backOff.value }),
    ...(predicates.length > 0 ? { retry_host_predicate: predicates } : {}),
    ...(statuses.length > 0 ? { retriable_status_codes: statuses } : {}),
    ...(headers.length > 0 ? { retriable_request_headers: headers } : {}),
    from,
  };
}

function typedPolicyOf(holder: View, from: string): Record<string, unknown> | null {
  const typed = holder.get('retry_policy_typed_config');
  if (typed === undefined) return null;
  const { type, name } = extensionOf(typed);
  return { retry_policy_typed_config: type ?? typed.string('@type') ?? name, from };
}

/** Conditions add up; a number of retries counts where there are conditions (source/common/router/retry_state_impl.cc). */
function withAsked(trace: Tracing, policy: Policy | null): Policy | null {
  const configured = listOf(policy?.retry_on);
  const asked = Object.entries(CONDITIONS).flatMap(([header, known]) =>
    listOf(headerLookup(trace)(header)).filter(condition => known.includes(condition)),
  );
  const conditions = [...new Set([...configured, ...asked])];
  if (conditions.length === 0) return policy;
  const most = integerIn(trace, 'x-envoy-max-retries');
  const perTry = integerIn(trace, 'x-envoy-upstream-rq-per-try-timeout-ms');
  const codes = listOf(headerLookup(trace)('x-envoy-retriable-status-codes')).filter(code => /^\d+$/.test(code));
  if (asked.length === 0 && most === null && perTry === null && codes.length === 0) return policy;
  const statuses = [...new Set([...(policy?.retriable_status_codes ?? []), ...codes.map(Number)])];
  return {
    ...policy,
    retry_on: conditions.join(),
    num_retries: most ?? policy?.num_retries ?? 1,
    ...(statuses.length > 0 ? { retriable_status_codes: statuses } : {}),
    ...(perTry === null ? {} : { per_try_timeout: duration(perTry) }),
    from: [...(policy === null ? [] : [policy.from]), 'request headers'].join(', '),
  };
}

/** Where a policy names headers that a request must have for its retries, one with none of them is retried on nothing, whatever it asks for. */
function onlyWithHeaders(trace: Tracing, policy: Policy | null): Policy | null {
  const wanted = policy?.retriable_request_headers ?? [];
  const lookup = headerLookup(trace);
  const isWanted = (value: unknown) => isObject(value) && matchHeader(new View(value, ''), lookup).result !== false;
  return policy === null || wanted.length === 0 || wanted.some(isWanted) ? policy : { ...policy, retry_on: '' };
}

function listOf(text = ''): string[] {
  return text.split(',').flatMap(item => item.trim() || []);
}
