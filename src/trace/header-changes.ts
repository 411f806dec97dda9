import { isSecretName } from '../match/secret.js';
import { substitute } from '../match/substitution.js';
import type { View } from '../model/view.js';
import { headerLookup } from './headers.js';
import type { Tracing } from './tracing.js';

/** The headers that are changed: the request's, or the response's. */
type Side = 'request' | 'response';

/**
 * Changes the request's headers in Envoy's order: weighted cluster, route, virtual host, route table; the reverse where the table says
 * `most_specific_header_mutations_wins`. Returns one line a change.
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_conn_man/headers#custom-request-response-headers
 */
export function changeHeaders(trace: Tracing, route: View, weighted: View | null): string[] {
  return changeAll(trace, trace.http?.headers ?? new Map(), 'request', route, weighted);
}

/** Changes a response's headers, in the same order. */
export function changeResponseHeaders(trace: Tracing, headers: Map<string, string>): void {
  if (trace.route !== null) changeAll(trace, headers, 'response', trace.route, trace.weightedCluster);
}

function changeAll(
  trace: Tracing,
  headers: Map<string, string>,
  side: Side,
  route: View,
  weighted: View | null,
): string[] {
  const table = trace.routeTable?.view ?? null;
  const levels: [View | null, string][] = [
    [weighted, 'weighted cluster'],
    [route, 'route'],
    [trace.virtualHost, 'virtual host'],
    [table, 'route table'],
  ];
  if (table?.boolean('most_specific_header_mutations_wins') === true) levels.reverse();
  return levels.flatMap(([holder, level]) => (holder === null ? [] : changesOf(trace, headers, side, holder, level)));
}

/** What one level removes goes before what it adds (source/common/router/header_parser.cc, evaluateHeaders). */
function changesOf(trace: Tracing, headers: Map<string, string>, side: Side, holder: View, level: string): string[] {
  const lines: string[] = [];
  for (const name of holder.strings(`${side}_headers_to_remove`)) {
    headers.delete(name.toLowerCase());
    lines.push(`removes header ${name} (${level})`);
  }
  for (const option of holder.list(`${side}_headers_to_add`)) {
    const change = addHeader(trace, headers, option);
    if (change !== null) lines.push(`${change} (${level})`);
  }
  return lines;
}

function addHeader(trace: Tracing, headers: Map<string, string>, option: View): string | null {
  const header = option.get('header');
  const name = header?.string('key') ?? '';
  const format = header?.string('value') ?? '';
  const known = headers.get(name.toLowerCase());
  const action = actionOf(option);
  if ((action === 'ADD_IF_ABSENT' && known !== undefined) || (action === 'OVERWRITE_IF_EXISTS' && known === undefined))
    return null;
  const value = substitute(format, headerLookup(trace), clientOf(trace)) ?? format;
  const isAppended = action === 'APPEND_IF_EXISTS_OR_ADD' && known !== undefined;
  headers.set(name.toLowerCase(), isAppended ? `${known},${value}` : value);
  return `${isAppended ? 'appends to' : 'sets'} header ${name}: ${visible(name, value)}`;
}

/** What the client's address makes of Envoy's operators. */
function clientOf({ request: { from } }: Tracing): Record<string, string> {
  return from.ip === undefined ? {} : { DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT: from.ip };
}

/** v2's `append` is true unless set. */
function actionOf(option: View): string {
  const action = option.string('append_action');
  if (action !== undefined) return action;
  return option.boolean('append', true) ? 'APPEND_IF_EXISTS_OR_ADD' : 'OVERWRITE_IF_EXISTS_OR_ADD';
}

/** Credentials that a route adds are not printed. */
function visible(name: string, value: string): string {
  return isSecretName(name) ? '(hidden)' : value;
}
