import type { HeaderLookup } from '../match/header.js';
import { substitute } from '../match/substitution.js';
import { needsInput, type Unknown, unsupported } from '../match/ternary.js';
import { formatSocket } from '../model/address.js';
import type { View } from '../model/view.js';
import { knownOperators } from './header-options.js';
import type { Tracing } from './tracing.js';

/** An object of filter state as text, as matchers see it. */
export interface FilterStateObject {
  readonly text: string | Unknown;
  /** How far it goes on inside this Envoy, through internal listeners: `ONCE`, `TRANSITIVE`, or not at all. */
  readonly shared: string;
}

/** The factories whose objects matchers see as the text that they are made of. */
const AS_TEXT = new Set(['envoy.string', 'envoy.hashable_string', 'envoy.tcp_proxy.cluster']);

/**
 * Sets filter state as the set_filter_state filters of listener, connection and request do: `values` in order, each a FilterStateValue. What only
 * the running Envoy knows is kept as not known. `headers` are the request's, where there is one. Returns the keys that are set.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/filters/common/set_filter_state/v3/value.proto,
 * source/extensions/filters/common/set_filter_state/filter_config.cc
 */
export function setFilterState(
  trace: Tracing,
  values: readonly View[],
  headers: HeaderLookup = () => undefined,
): string[] {
  return values.flatMap(value => {
    const key = value.string('object_key') ?? '';
    const text = textOf(trace, key, value, headers);
    if (text === '' && value.boolean('skip_if_empty')) return [];
    trace.filterState.set(key, { text, shared: value.string('shared_with_upstream') ?? 'NONE' });
    return [key];
  });
}

/** Where a waypoint keeps the address that a tunnel's CONNECT asks for (istio/istio pilot/pkg/xds/filters/filters.go, ConnectAuthorityFilter). */
const CONNECT_AUTHORITY = new Set(['envoy.filters.listener.original_dst.local_ip', 'io.istio.connect_authority']);

/**
 * An object of filter state that earlier filters set; undefined where none did. Istio keeps the peer's identity there too: that of an HBONE tunnel,
 * or of the connection's own mutual TLS.
 */
export function filterStateOf(trace: Tracing, key: string): string | Unknown | undefined {
  const { isTunnelled, request } = trace;
  if (isTunnelled && CONNECT_AUTHORITY.has(key) && request.ip !== null) return formatSocket(request.ip, request.port);
  if (key === 'io.istio.peer_principal' && (isTunnelled || request.tls === 'mtls'))
    return request.from.principal ?? needsInput('the source principal (from.principal)');
  return trace.filterState.get(key)?.text;
}

/** What of filter state goes on through an internal listener of this Envoy (`shared_with_upstream`). */
export function shareFilterState(from: Tracing, to: Tracing): void {
  for (const [key, { text, shared }] of from.filterState)
    if (shared !== 'NONE') to.filterState.set(key, { text, shared: shared === 'TRANSITIVE' ? shared : 'NONE' });
}

function textOf(trace: Tracing, key: string, value: View, headers: HeaderLookup): string | Unknown {
  const format = value.get('format_string');
  const template = format?.get('text_format_source')?.string('inline_string') ?? format?.string('text_format');
  const unknown = unsupported(`filter state ${key}, which set_filter_state makes of ${template ?? 'its format'}`);
  if (template === undefined || !AS_TEXT.has(value.string('factory_key') || key)) return unknown;
  const absent = format?.boolean('omit_empty_values') ? '' : '-';
  const known = Object.entries(knownOperators(trace)).map(([name, text]) => [name, text || absent] as const);
  return substitute(template, headers, Object.fromEntries(known), absent) ?? unknown;
}
