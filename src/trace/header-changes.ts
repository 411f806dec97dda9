import type { View } from '../model/view.js';
import { evaluateOption, writeOption } from './header-options.js';
import { type HeaderTarget, requestTarget } from './header-target.js';
import type { Tracing } from './tracing.js';

/** The headers that are changed: the request's, or the response's. */
type Side = 'request' | 'response';

/**
 * Changes the request's headers in Envoy's order: weighted cluster, route, virtual host, route table; with the table's
 * `most_specific_header_mutations_wins` the last three the other way round, so that only they can win over the weighted cluster's
 * (source/common/router/weighted_cluster_specifier.cc, finalizeRequestHeaders). Returns one line a change.
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_conn_man/headers#custom-request-response-headers
 */
export function changeHeaders(trace: Tracing, route: View, weighted: View | null): string[] {
  return trace.http === null ? [] : changeAll(trace, requestTarget(trace.http), 'request', route, weighted);
}

/** Changes a response's headers, in the same order. */
export function changeResponseHeaders(trace: Tracing, headers: HeaderTarget): void {
  if (trace.route !== null) changeAll(trace, headers, 'response', trace.route, trace.weightedCluster);
}

function changeAll(trace: Tracing, headers: HeaderTarget, side: Side, route: View, weighted: View | null): string[] {
  const table = trace.routeTable?.view ?? null;
  const levels: [View | null, string][] = [
    [route, 'route'],
    [trace.virtualHost, 'virtual host'],
    [table, 'route table'],
  ];
  if (table?.boolean('most_specific_header_mutations_wins') === true) levels.reverse();
  const all: [View | null, string][] = [[weighted, 'weighted cluster'], ...levels];
  return all.flatMap(([holder, level]) => (holder === null ? [] : changesOf(trace, headers, side, holder, level)));
}

/**
 * Of one level, what it removes goes first; then all values are evaluated; then overwriting ones are written before those that add
 * (source/common/router/header_parser.cc, evaluateHeaders).
 */
function changesOf(trace: Tracing, headers: HeaderTarget, side: Side, holder: View, level: string): string[] {
  const lines: string[] = [];
  for (const name of holder.strings(`${side}_headers_to_remove`)) {
    headers.delete(name.toLowerCase());
    lines.push(`removes header ${name} (${level})`);
  }
  const options = holder
    .list(`${side}_headers_to_add`)
    .map(option => evaluateOption(trace, headers, option))
    .filter(option => option !== null);
  const ordered = [...options.filter(({ appends }) => !appends), ...options.filter(({ appends }) => appends)];
  return [...lines, ...ordered.map(option => `${writeOption(headers, option)} (${level})`)];
}
