import { PatternError } from '../../match/regex.js';
import { unsupported } from '../../match/ternary.js';
import { withoutSecretText } from '../../model/redact/secret-text.js';
import type { View } from '../../model/view.js';
import { evidenceOf, istioctl } from '../evidence.js';
import { changeHeaders } from '../header-changes.js';
import { httpFilterOf } from '../http-filter-of.js';
import { mirrorsOf } from '../mirrors.js';
import { fetchesClusters, onDemandCluster } from '../on-demand.js';
import { percent } from '../percent.js';
import { RETRY_HEADERS, retriesOf } from '../retries.js';
import { rewrittenHost, rewrittenPath } from '../rewrite.js';
import { describeSettings } from '../route-settings.js';
import { addSubsetKeys } from '../subset-keys.js';
import { timeoutOf } from '../timeouts.js';
import type { Tracing } from '../tracing.js';
import { chooseCluster } from './cluster-choice.js';

/**
 * Forwards to a cluster: by name, by header or by weight; with rewrites, mirrors, retries and timeout.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/route/v3/route_components.proto#config-route-v3-routeaction
 */
export function routeAction(trace: Tracing, route: View, action: View): void {
  const { routeTable } = trace;
  if (routeTable === null) return;
  const chosen = chooseCluster(trace, action);
  if (chosen === null) return;
  const missing = onDemandCluster(trace, chosen.name, fetchesClusters(trace));
  if (missing !== null) {
    trace.undetermined(
      'action',
      missing,
      `the on_demand filter fetches cluster ${chosen.name} while the request waits`,
    );
    return;
  }
  const timeout = timeoutOf(trace, action);
  keepBack(trace, ['x-envoy-upstream-rq-timeout-ms']);
  const headers = changeHeaders(trace, route, chosen.weighted);
  if (trace.virtualHost?.boolean('include_request_attempt_count') === true)
    trace.http?.headers.set('x-envoy-attempt-count', '1');
  const refused = rewrite(trace, route, action, chosen.weighted);
  if (refused !== null) {
    trace.undetermined('action', unsupported(refused), `Envoy refuses the route’s rewrite: ${refused}`);
    return;
  }
  trace.mirrors = mirrorsOf(trace, action);
  trace.retries = retriesOf(trace, action);
  keepBack(trace, RETRY_HEADERS);
  trace.timeout = timeout;
  trace.cluster = chosen.name;
  addSubsetKeys(trace, [action, ...(chosen.weighted === null ? [] : [chosen.weighted])]);
  trace.step('action', 'matched', {
    name: chosen.name,
    pointer: chosen.pointer,
    why: chosen.why,
    details: [...chosen.others, ...describe(trace, route, headers), ...describeSettings(action)],
    evidence: [evidenceOf(routeTable.resource, action.pointer)],
    istioctl: [istioctl.routes(trace.proxy.name, routeTable.name ?? '')],
  });
}

/** Headers that the router filter obeys and does not send on. */
function keepBack({ http }: Tracing, names: readonly string[]): void {
  for (const name of names) http?.headers.delete(name);
}

/** Rewrites path and host; returns why Envoy would refuse the configuration, null where it would not. */
function rewrite(trace: Tracing, route: View, action: View, weighted: View | null): string | null {
  try {
    const host = rewrittenHost(trace, action, weighted);
    const path = rewrittenPath(trace, action, route.get('match'));
    if (host !== null) replaceHost(trace, action, host);
    if (path !== null) replacePath(trace, path);
    return null;
  } catch (error) {
    if (error instanceof PatternError) return error.message;
    throw error;
  }
}

/** The host that came goes on in x-envoy-original-host, and in x-forwarded-host where the route says so. */
function replaceHost(trace: Tracing, action: View, host: string): void {
  const { http } = trace;
  trace.rewrite.host = host;
  if (http === null) return;
  if (action.boolean('append_x_forwarded_host') && http.host !== '') {
    const before = http.headers.get('x-forwarded-host');
    http.headers.set('x-forwarded-host', before === undefined ? http.host : `${before},${http.host}`);
  }
  if (tellsOriginals(trace)) http.headers.set('x-envoy-original-host', http.host);
}

/** The path that came goes on in x-envoy-original-path. */
function replacePath(trace: Tracing, path: string): void {
  trace.rewrite.path = path;
  if (trace.http !== null && tellsOriginals(trace)) trace.http.headers.set('x-envoy-original-path', trace.http.path);
}

/** Unless the router filter suppresses Envoy's own headers. */
function tellsOriginals(trace: Tracing): boolean {
  const router = httpFilterOf(trace, 'router');
  return router?.config.boolean('suppress_envoy_headers') !== true;
}

function describe(trace: Tracing, route: View, headers: readonly string[]): string[] {
  const { rewrite: rewritten, mirrors, retries, timeout } = trace;
  const details: string[] = [];
  if (rewritten.path !== null) details.push(`path becomes ${withoutSecretText(rewritten.path)}`);
  if (rewritten.host !== null) details.push(`host becomes ${rewritten.host}`);
  for (const { cluster, share } of mirrors)
    details.push(`mirrored to ${cluster}${share < 1 ? ` (${percent(share)})` : ''}`);
  if (timeout !== null) details.push(`timeout ${timeout === '0s' ? 'none (0s)' : timeout}`);
  if (retries !== null) details.push(describeRetries(retries));
  details.push(...headers);
  const origin = route.path('metadata', 'filter_metadata', 'istio')?.string('config');
  if (origin !== undefined)
    details.push(`from ${origin.replace(/^\/apis\/[^/]+\/[^/]+\/namespaces\//, '').replace('/', ' ')}`);
  return details;
}

function describeRetries(retries: Record<string, unknown>): string {
  if ('retry_policy_typed_config' in retries) return `retries by the extension ${retries.retry_policy_typed_config}`;
  const places = String(retries.from)
    .split(', ')
    .filter(place => place !== 'route');
  const from = places.map(place => (place === 'request headers' ? 'as request headers ask' : `set at the ${place}`));
  const said = from.length === 0 ? '' : ` (${from.join(', ')})`;
  const lacking =
    retries.retry_on === '' && 'retriable_request_headers' in retries ? ': the request lacks the headers for it' : '';
  return `retries ${retries.num_retries ?? 1} on ${retries.retry_on || 'nothing'}${said}${lacking}`;
}
