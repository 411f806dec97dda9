import { evaluateMatcher, type InputResolver } from '../../match/matcher-tree.js';
import { unsupported } from '../../match/ternary.js';
import { type Extension, unwrapAny } from '../../model/extension.js';
import type { View } from '../../model/view.js';
import { headerLookup } from '../headers.js';
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

/** HTTP inputs: envoy.type.matcher.v3 http_inputs.proto. */
function httpInputs(trace: Tracing): InputResolver {
  const headers = headerLookup(trace);
  return (input: Extension) => {
    const type = (input.type ?? '').split('.').at(-1) ?? '';
    if (type === 'HttpRequestHeaderMatchInput')
      return { value: headers(input.config.string('header_name')?.toLowerCase() ?? '') };
    if (type === 'HttpRequestQueryParamMatchInput') {
      const query = (trace.http?.path ?? '').split('?')[1] ?? '';
      return { value: new URLSearchParams(query).get(input.config.string('query_param') ?? '') ?? undefined };
    }
    return unsupported(`matcher input ${input.type ?? input.name ?? 'without a type'}`);
  };
}
