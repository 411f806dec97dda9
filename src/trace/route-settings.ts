import type { View } from '../model/view.js';
import { describeHashPolicies } from './hash-policy.js';

/**
 * What else a route action sets, one line each: it changes neither cluster nor answer, but an engineer asks for it.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/route/v3/route_components.proto#config-route-v3-routeaction
 */
export function describeSettings(action: View): string[] {
  return [
    ...idleTimeout(action),
    ...describeHashPolicies(action).map(hashed => `hash policy: ${hashed}`),
    ...internalRedirects(action),
    ...hostOf(action),
    ...(action.string('priority') === 'HIGH'
      ? ['priority HIGH: the cluster’s circuit breakers of that priority count']
      : []),
    ...connectConfig(action),
  ];
}

function idleTimeout(action: View): string[] {
  const idle = action.string('idle_timeout');
  return idle === undefined ? [] : [`idle timeout ${idle === '0s' ? 'none (0s)' : idle}`];
}

/** Redirects that the upstream answers and Envoy follows itself; v2 has a field of its own. */
function internalRedirects(action: View): string[] {
  const policy = action.get('internal_redirect_policy');
  if (policy === undefined && action.string('internal_redirect_action') !== 'HANDLE_INTERNAL_REDIRECT') return [];
  const codes = policy?.strings('redirect_response_codes') ?? [];
  const most = (policy ?? action).number('max_internal_redirects') ?? 1;
  return [
    `follows redirects of the upstream itself (${codes.length === 0 ? '302' : codes.join(', ')}; at most ${most})`,
  ];
}

function hostOf(action: View): string[] {
  return action.boolean('auto_host_rewrite') ? ['host becomes the endpoint’s own DNS name (auto_host_rewrite)'] : [];
}

/** CONNECT that Envoy terminates: the payload goes to the upstream as TCP. */
function connectConfig(action: View): string[] {
  const config = action.list('upgrade_configs').find(upgrade => upgrade.has('connect_config'));
  return config === undefined
    ? []
    : [`${config.string('upgrade_type') ?? 'CONNECT'} ends here: its payload goes on as raw bytes`];
}
