import { parseCookies } from '../../match/cookie.js';
import { PatternError } from '../../match/regex.js';
import type { Extension } from '../../model/extension.js';
import type { View } from '../../model/view.js';
import { headerLookup } from '../headers.js';
import type { PerRoute } from '../per-route.js';
import { substituteRegex } from '../rewrite.js';
import type { Tracing } from '../tracing.js';
import { type FilterState, writeMetadata } from './filter-state.js';

const NAMESPACE = 'envoy.filters.http.header_to_metadata';

/**
 * Copies headers and cookies into dynamic metadata, which RBAC may ask for; the route's rules replace the filter's.
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/header_to_metadata_filter
 */
export function headerToMetadata(
  trace: Tracing,
  { name, config }: Extension,
  perRoute: PerRoute,
  state: FilterState,
): void {
  const label = name ?? 'header_to_metadata';
  const rules = (perRoute.config ?? config).list('request_rules');
  const lines = rules.flatMap(rule => applyRule(trace, rule, state));
  state.lines.push(`${label}: ${lines.length === 0 ? 'copies nothing of this request' : lines.join(', ')}`);
}

function applyRule(trace: Tracing, rule: View, state: FilterState): string[] {
  const sent = sentValue(trace, rule);
  const pair = rule.get(sent === undefined ? 'on_header_missing' : 'on_header_present');
  const header = rule.string('header')?.toLowerCase();
  if (sent !== undefined && header !== undefined && rule.boolean('remove')) trace.http?.headers.delete(header);
  if (pair === undefined) return [];
  const value = typed(pair, written(pair, sent));
  if (value === undefined) return [];
  const [namespace, key] = [pair.string('metadata_namespace') || NAMESPACE, pair.string('key') ?? ''];
  writeMetadata(state, namespace, { [key]: value }, {});
  return [`writes metadata ${namespace} ${key}`];
}

function sentValue(trace: Tracing, rule: View): string | undefined {
  const headers = headerLookup(trace);
  const cookie = rule.string('cookie');
  if (cookie !== undefined && cookie !== '') return parseCookies(headers('cookie') ?? '').get(cookie);
  return headers(rule.string('header')?.toLowerCase() ?? '');
}

/** A value of its own, the header's rewritten, or the header's. */
function written(pair: View, sent: string | undefined): string | undefined {
  const own = pair.string('value') ?? '';
  if (own !== '') return own;
  const rewrite = pair.get('regex_value_rewrite');
  return rewrite === undefined || sent === undefined ? sent : rewritten(rewrite, sent);
}

/** Envoy refuses a filter whose pattern RE2 does not take: then nothing is written. */
function rewritten(rewrite: View, sent: string): string | undefined {
  try {
    return substituteRegex(rewrite, sent);
  } catch (error) {
    if (error instanceof PatternError) return undefined;
    throw error;
  }
}

/** STRING or NUMBER; a value that is none is not written. */
function typed(pair: View, value: string | undefined): unknown {
  if (value === undefined || value === '') return undefined;
  if (pair.string('type') !== 'NUMBER') return value;
  const number = Number(value);
  return Number.isNaN(number) ? undefined : number;
}

/**
 * Writes the metadata that stands in its configuration; what is there already stays, unless it may be overwritten.
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/set_metadata_filter
 */
export function setMetadata(_: Tracing, { name, config }: Extension, perRoute: PerRoute, state: FilterState): void {
  const effective = perRoute.config ?? config;
  const entries = [...effective.list('metadata'), ...(effective.has('metadata_namespace') ? [effective] : [])];
  for (const entry of entries) {
    const namespace = entry.string('metadata_namespace') ?? '';
    const isThere = state.metadata.has(namespace) && entry !== effective && !entry.boolean('allow_overwrite');
    if (!isThere) writeMetadata(state, namespace, entry.get('value')?.value ?? {}, {});
  }
  const namespaces = entries.map(entry => entry.string('metadata_namespace') ?? '').join(', ');
  state.lines.push(`${name ?? 'set_metadata'}: writes metadata ${namespaces}`);
}
