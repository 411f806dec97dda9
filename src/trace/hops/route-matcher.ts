import { evaluateMatcher } from '../../match/matcher-tree.js';
import { unwrapAny } from '../../model/extension.js';
import type { View } from '../../model/view.js';
import { httpInputs } from '../http-input.js';
import type { Candidate } from '../result.js';
import type { Tracing } from '../tracing.js';

/**
 * The virtual host's matcher tree: its action is a Route, or a RouteList in which the first match counts.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/route/v3/route_components.proto (VirtualHost.matcher)
 */
export function matcherRoute(
  trace: Tracing,
  matcher: View,
  tryRoutes: (routes: View[], why: string) => void,
  noRoute: (why: string, candidates: Candidate[]) => void,
): void {
  const result = evaluateMatcher(matcher, httpInputs(trace));
  if (result.kind === 'unknown') {
    trace.undetermined('route', result.unknown, `the virtual host’s matcher asks for ${result.unknown.what}`);
    return;
  }
  if (result.kind === 'no-match') {
    noRoute(`the virtual host’s matcher matches nothing (${result.why})`, []);
    return;
  }
  const { type, config } = unwrapAny(result.action.get('typed_config') ?? result.action);
  const routes = type?.endsWith('.RouteList') === true ? config.list('routes') : [config];
  tryRoutes(routes, `the virtual host’s matcher leads to ${result.pointer}`);
}
