import { PatternError } from '../../match/regex.js';
import { unsupported } from '../../match/ternary.js';
import { withoutSecretText } from '../../model/redact/secret-text.js';
import type { View } from '../../model/view.js';
import { evidenceIn, evidenceOf, istioctl } from '../evidence.js';
import { requestScheme } from '../headers.js';
import { redirectOf } from '../redirect.js';
import type { Tracing } from '../tracing.js';
import { routeAction } from './route-action.js';

/**
 * What the chosen route does, once the router filter is reached: forward, redirect, answer, or nothing.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/route/v3/route_components.proto#config-route-v3-route
 */
export function action(trace: Tracing): void {
  const { http, pending, route } = trace;
  if (http === null) return;
  if (pending !== null) {
    trace.step('action', 'rejected', {
      evidence: evidenceIn(trace.routeTable?.resource, route?.pointer),
      why: `the router filter answers ${pending.responseCode ?? 'by itself'}`,
    });
    trace.end = pending;
    return;
  }
  if (route === null) return;
  const redirect = route.get('redirect');
  const direct = route.get('direct_response');
  const forward = route.get('route');
  if (forward !== undefined) routeAction(trace, route, forward);
  else if (redirect !== undefined) answerRedirect(trace, route, redirect);
  else if (direct !== undefined) answerDirectly(trace, direct);
  else if (route.has('non_forwarding_action')) {
    trace.undetermined(
      'action',
      unsupported('a non-forwarding action (for gRPC servers that read xDS themselves)'),
      'the route has a non-forwarding action: an Envoy proxy does not serve it',
    );
  } else
    trace.undetermined(
      'action',
      unsupported('a route without an action that is known'),
      'the route has no action that is known',
    );
}

function answerRedirect(trace: Tracing, route: View, redirect: View): void {
  try {
    trace.redirect = redirectOf(trace, redirect, route.get('match'));
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    trace.undetermined('action', unsupported(error.message), `Envoy refuses the route’s redirect: ${error.message}`);
    return;
  }
  const why = `the route redirects to ${withoutSecretText(trace.redirect.url)}`;
  trace.step('action', 'matched', { pointer: redirect.pointer, why, ...proof(trace, redirect.pointer) });
  trace.finish('redirect', why, { responseCode: trace.redirect.code });
}

/**
 * Envoy computes a new URI for a direct response too, the request's own, and sends it as Location with 201 and 3xx only
 * (source/common/router/router.cc, sendLocalReply of a DirectResponseEntry).
 */
function answerDirectly(trace: Tracing, direct: View): void {
  const code = direct.number('status') ?? 200;
  trace.redirect = { url: `${requestScheme(trace)}://${trace.http?.host ?? ''}${trace.http?.path ?? '/'}`, code };
  const why = `the route answers ${code} itself (direct_response)`;
  trace.step('action', 'matched', { pointer: direct.pointer, why, ...proof(trace, direct.pointer) });
  trace.finish('direct_response', answering(trace.virtualHost?.string('name') ?? '(unnamed)'), { responseCode: code });
}

/** Istio names the virtual host that keeps unknown hosts out under REGISTRY_ONLY `block_all`. */
function answering(virtualHost: string): string {
  return virtualHost === 'block_all'
    ? 'virtual host block_all answers for every host that the mesh does not know (outbound policy REGISTRY_ONLY)'
    : `the route of virtual host ${virtualHost} is a direct response`;
}

function proof(trace: Tracing, pointer: string) {
  const { routeTable } = trace;
  if (routeTable === null) return {};
  return {
    evidence: [evidenceOf(routeTable.resource, pointer)],
    istioctl: [istioctl.routes(trace.proxy.name, routeTable.name ?? '')],
  };
}
