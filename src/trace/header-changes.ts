import type { View } from '../model/view.js';
import type { Tracing } from './tracing.js';

/**
 * Request header changes in Envoy's order: weighted cluster, route, virtual host, route table; the reverse where the table says
 * `most_specific_header_mutations_wins`. One line a change.
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_conn_man/headers#custom-request-response-headers
 */
export function headerChanges(trace: Tracing, route: View, weighted: View | null): string[] {
  const table = trace.routeTable?.view ?? null;
  const levels: [View | null, string][] = [
    [weighted, 'weighted cluster'],
    [route, 'route'],
    [trace.virtualHost, 'virtual host'],
    [table, 'route table'],
  ];
  if (table?.boolean('most_specific_header_mutations_wins') === true) levels.reverse();
  return levels.flatMap(([holder, level]) => (holder === null ? [] : changesOf(holder, level)));
}

function changesOf(holder: View, level: string): string[] {
  const added = holder.list('request_headers_to_add').map(option => {
    const header = option.get('header');
    return `${overwrites(option) ? 'sets' : 'adds'} header ${header?.string('key') ?? ''}: ${visible(header)} (${level})`;
  });
  return [...added, ...holder.strings('request_headers_to_remove').map(name => `removes header ${name} (${level})`)];
}

function overwrites(option: View): boolean {
  const action = option.string('append_action') ?? '';
  return action.startsWith('OVERWRITE') || (option.has('append') && !option.boolean('append'));
}

/** Credentials that a route adds are not printed. */
function visible(header: View | undefined): string {
  const isSecret = /authorization|cookie|token|secret|password|api-?key/i.test(header?.string('key') ?? '');
  return isSecret ? '(hidden)' : (header?.string('value') ?? '');
}
