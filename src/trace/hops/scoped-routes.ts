import { needsInput, type Unknown, unsupported } from '../../match/ternary.js';
import type { Resource } from '../../model/resource.js';
import type { View } from '../../model/view.js';
import { firstValue } from '../headers.js';
import type { Tracing } from '../tracing.js';

/** The table of a request's scope: by its name, or inside the scope; or why there is none. */
export type ScopedTable =
  | { readonly kind: 'named'; readonly name: string; readonly onDemand: boolean }
  | { readonly kind: 'inline'; readonly view: View; readonly resource: Resource }
  | { readonly kind: 'none'; readonly why: string };

interface Scope {
  readonly view: View;
  /** The document that holds it. */
  readonly resource: Resource;
}

/**
 * The route table of the request's scope: the scope key is built from header values and compared with each scope's fragments. Null where the
 * connection manager has no scopes.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/route/v3/scoped_route.proto
 */
export function scopedTable(trace: Tracing, hcm: View): ScopedTable | Unknown | null {
  const scoped = hcm.get('scoped_routes');
  if (scoped === undefined) return null;
  const scopes = scopesOf(trace, scoped);
  if (scopes === null) return needsInput('the scoped routes section of the dump');
  const key = scopeKey(trace, scoped);
  if (!Array.isArray(key)) return key;
  const scope = scopes.find(({ view }) => hasKey(view, key));
  if (scope === undefined) return { kind: 'none', why: `no route scope has the key ${key.join(', ')}` };
  const inline = scope.view.get('route_configuration');
  if (inline !== undefined) return { kind: 'inline', view: inline, resource: scope.resource };
  const name = scope.view.string('route_configuration_name') ?? '';
  return { kind: 'named', name, onDemand: scope.view.boolean('on_demand') };
}

/** Scopes stand in the connection manager, or come by SRDS under its name for them; null where the dump lacks those. */
function scopesOf({ proxy, listener }: Tracing, scoped: View): Scope[] | null {
  const inline = scoped.get('scoped_route_configurations_list')?.list('scoped_route_configurations') ?? [];
  if (inline.length > 0 && listener !== null) return inline.map(view => ({ view, resource: listener }));
  if (proxy.has('scoped-route') === 'absent') return null;
  const name = scoped.string('name');
  return proxy.active('scoped-route').flatMap(resource => {
    const { view } = resource;
    const own = view.string('name');
    if (own !== undefined && name !== undefined && own !== name) return [];
    const scopes = [...view.list('scoped_route_configs'), ...view.list('scoped_route_config')];
    return scopes.map(scope => ({ view: scope, resource }));
  });
}

function hasKey(scope: View, key: readonly string[]): boolean {
  const fragments = scope.get('key')?.list('fragments') ?? [];
  return fragments.length === key.length && fragments.every((part, i) => (part.string('string_key') ?? '') === key[i]);
}

function scopeKey(trace: Tracing, scoped: View): string[] | Unknown | ScopedTable {
  const key: string[] = [];
  for (const builder of scoped.get('scope_key_builder')?.list('fragments') ?? []) {
    const extractor = builder.get('header_value_extractor');
    if (extractor === undefined) return unsupported('a scope key that is not built from a header');
    const value = extract(extractor, firstValue(trace, extractor.string('name') ?? ''));
    if (value === undefined) return { kind: 'none', why: `header ${extractor.string('name')} gives no scope key` };
    key.push(value);
  }
  return key;
}

/** The element at a position, or the value behind a key, of a header that may be split into elements. */
function extract(extractor: View, header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  const separator = extractor.string('element_separator') ?? '';
  const elements = separator === '' ? [header] : header.split(separator);
  const element = extractor.get('element');
  if (element === undefined) return elements[extractor.number('index') ?? 0];
  const between = element.string('separator') ?? '=';
  const pairs = elements.map(item => cut(item, between));
  return pairs.find(([name]) => name === (element.string('key') ?? ''))?.[1];
}

/** A text before and after the first separator; all of it and nothing where there is none. */
function cut(text: string, separator: string): [before: string, after: string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + separator.length)];
}
