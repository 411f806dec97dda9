import { extensionOf } from '../model/extension.js';
import type { View } from '../model/view.js';

/** Fields that are told as they stand, where the policy sets them. */
const TOLD = ['per_try_timeout', 'per_try_idle_timeout'];

/**
 * The retry policy that applies, with where it stands; the route's own wins over the virtual host's, as a whole. Null without one. A policy
 * that an extension holds (`retry_policy_typed_config`) is named by its type.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/route/v3/route_components.proto#config-route-v3-retrypolicy
 */
export function retriesOf(action: View, virtualHost: View | null): Record<string, unknown> | null {
  return (
    policyOf(action, 'route') ??
    (virtualHost === null ? null : policyOf(virtualHost, 'virtual host')) ??
    typedPolicyOf(action, 'route') ??
    (virtualHost === null ? null : typedPolicyOf(virtualHost, 'virtual host'))
  );
}

function policyOf(holder: View, from: string): Record<string, unknown> | null {
  const policy = holder.get('retry_policy');
  if (policy === undefined) return null;
  const told = TOLD.filter(field => policy.has(field)).map(field => [field, policy.string(field)] as const);
  const backOff = policy.get('retry_back_off');
  const predicates = policy.list('retry_host_predicate').map(item => item.string('name'));
  const statuses = policy.strings('retriable_status_codes').map(Number);
  return {
    retry_on: policy.string('retry_on') ?? '',
    num_retries: policy.number('num_retries') ?? 1,
    ...Object.fromEntries(told),
    ...(backOff === undefined ? {} : { retry_back_off: backOff.value }),
    ...(predicates.length > 0 ? { retry_host_predicate: predicates } : {}),
    ...(statuses.length > 0 ? { retriable_status_codes: statuses } : {}),
    from,
  };
}

function typedPolicyOf(holder: View, from: string): Record<string, unknown> | null {
  const typed = holder.get('retry_policy_typed_config');
  if (typed === undefined) return null;
  const { type, name } = extensionOf(typed);
  return { retry_policy_typed_config: type ?? typed.string('@type') ?? name, from };
}
