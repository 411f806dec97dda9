import { runtimeFraction } from '../../match/fraction.js';
import type { Ternary } from '../../match/ternary.js';
import { matchMetadata } from '../../match/value-matcher.js';
import type { Extension } from '../../model/extension.js';
import type { View } from '../../model/view.js';
import { askedService } from '../asked-service.js';
import { takesRuntimeFraction } from '../fraction.js';
import type { PerRoute } from '../per-route.js';
import { percent } from '../percent.js';
import { runtimeOf } from '../runtime.js';
import type { Tracing } from '../tracing.js';
import type { FilterState } from './filter-state.js';
import { letPass } from './http-filter-passing.js';

/**
 * External authorization: whom it asks, and whether it asks at all. Istio's CUSTOM policies switch it on by the metadata that RBAC's shadow
 * rules write (`filter_enabled_metadata`).
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/filters/http/ext_authz/v3/ext_authz.proto
 */
export function extAuthz(trace: Tracing, { name, config }: Extension, perRoute: PerRoute, state: FilterState): void {
  const label = name ?? 'ext_authz';
  const reason = whyOff(trace, config, state);
  if (reason !== null && !deniesAtDisable(config)) {
    state.lines.push(`${label}: does not ask (${reason})`);
    return;
  }
  const settings = perRoute.config?.get('check_settings');
  const cluster = asked(settings) ?? askedService(config);
  const fails = config.boolean('failure_mode_allow') ? ', and lets pass where it fails' : '';
  const effect =
    reason === null
      ? `asks the authorization service at cluster ${cluster}${fails}`
      : `denies: ${reason} (deny_at_disable)`;
  const mayReroute = config.boolean('clear_route_cache');
  letPass(trace, label, { effect, condition: `ext_authz at cluster ${cluster} allows it`, mayReroute }, state);
}

/** The route may name a service of its own. */
function asked(settings: View | undefined): string | null {
  const service =
    settings?.has('grpc_service') === true || settings?.has('http_service') === true ? settings : undefined;
  return service === undefined ? null : askedService(service);
}

/** Why the filter does not ask; null where it does, or may. */
function whyOff(trace: Tracing, config: View, state: FilterState): string | null {
  const enabled = config.get('filter_enabled');
  const share = runtimeFraction(enabled, runtimeOf(trace.proxy)) ?? 1;
  if (share === 0 || !takesRuntimeFraction(trace, share, enabled))
    return `filter_enabled takes ${percent(share)} of the requests`;
  const metadata = config.get('filter_enabled_metadata');
  return metadata === undefined || metadataHolds(metadata, state) !== false
    ? null
    : `filter_enabled_metadata of ${metadata.string('filter') ?? ''} does not match`;
}

/** Metadata that nobody knows leaves it open: the filter may ask. */
function metadataHolds(matcher: View, state: FilterState): Ternary {
  const filter = matcher.string('filter') ?? '';
  const key = matcher.list('path')[0]?.string('key') ?? '';
  const unknown = state.unknown.get(`${filter}/${key}`);
  return unknown ?? matchMetadata(matcher, name => state.metadata.get(name));
}

function deniesAtDisable(config: View): boolean {
  return config.get('deny_at_disable')?.boolean('default_value') === true;
}
