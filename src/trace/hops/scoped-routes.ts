import { needsInput, type Unknown, unsupported } from '../../match/ternary.js';
import type { View } from '../../model/view.js';
import { headerLookup } from '../headers.js';
import type { Tracing } from '../tracing.js';

interface Scope {
  readonly table: string;
  readonly key: string[];
}

/**
 * The route table of the request's scope: the scope key is built from header values and compared with each scope's fragments.
 * Returns the table's name, what is unknown, `{why}` where no scope fits, or null where the connection manager has no scopes.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/route/v3/scoped_route.proto
 */
export function scopedTable(trace: Tracing, hcm: View): string | Unknown | { why: string } | null {
  const scoped = hcm.get('scoped_routes');
  if (scoped === undefined) return null;
  const key = scopeKey(trace, scoped);
  if (!Array.isArray(key)) return key;
  const inline = scoped.get('scoped_route_configurations_list')?.list('scoped_route_configurations') ?? [];
  const dynamic = trace.proxy
    .active('scoped-route')
    .flatMap(({ view }) => [...view.list('scoped_route_configs'), ...view.list('scoped_route_config')]);
  if (inline.length === 0 && trace.proxy.has('scoped-route') === 'absent')
    return needsInput('the scoped routes section of the dump');
  const scopes = [...inline, ...dynamic].map(scopeOf);
  const scope = scopes.find(
    candidate => candidate.key.length === key.length && candidate.key.every((part, i) => part === key[i]),
  );
  return scope?.table ?? { why: `no route scope has the key ${key.join(', ')}` };
}

function scopeOf(view: View): Scope {
  const fragments = view.get('key')?.list('fragments') ?? [];
  return {
    table: view.string('route_configuration_name') ?? view.get('route_configuration')?.string('name') ?? '',
    key: fragments.map(fragment => fragment.string('string_key') ?? ''),
  };
}

function scopeKey(trace: Tracing, scoped: View): string[] | Unknown | { why: string } {
  const lookup = headerLookup(trace);
  const key: string[] = [];
  for (const builder of scoped.get('scope_key_builder')?.list('fragments') ?? []) {
    const extractor = builder.get('header_value_extractor');
    if (extractor === undefined) return unsupported('a scope key that is not built from a header');
    const value = extract(extractor, lookup(extractor.string('name')?.toLowerCase() ?? ''));
    if (value === undefined) return { why: `header ${extractor.string('name')} gives no scope key` };
    key.push(value);
  }
  return key;
}

function extract(extractor: View, header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  const separator = extractor.string('element_separator');
  const elements = separator === undefined || separator === '' ? [header] : header.split(separator);
  const element = extractor.get('element');
  if (element === undefined) return elements[extractor.number('index') ?? 0];
  const wanted = element.string('key') ?? '';
  const between = element.string('separator') ?? '=';
  return elements.map(item => item.split(between)).find(([name]) => name === wanted)?.[1];
}
