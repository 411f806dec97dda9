import type { View } from '../model/view.js';
import { type HeaderLookup, matchHeader } from './header.js';
import { MAX_NESTING, nestedTooDeep } from './nesting.js';
import { allOf, anyOf, type Ternary, unsupported } from './ternary.js';

/** What a filter of local replies looks at. */
export interface ReplyFacts {
  readonly code: number | null;
  /** The short response flag, such as `NR`; null where there is none. */
  readonly flag: string | null;
  /** The request's headers. */
  readonly headers: HeaderLookup;
}

/**
 * Answers a config.accesslog.v3.AccessLogFilter for an answer that Envoy gives itself; unknown for kinds that depend on time, tracing, the
 * runtime or an extension.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/accesslog/v3/accesslog.proto#config-accesslog-v3-accesslogfilter
 */
export function matchReply(filter: View | undefined, facts: ReplyFacts, depth = 0): Ternary {
  if (depth > MAX_NESTING) return nestedTooDeep('access log filter');
  const status = filter?.path('status_code_filter', 'comparison');
  if (status !== undefined) return compares(status, facts.code ?? 0);
  const flags = filter?.get('response_flag_filter');
  if (flags !== undefined) return flagMatches(flags.strings('flags'), facts.flag);
  const header = filter?.get('header_filter')?.get('header');
  if (header !== undefined) return matchHeader(header, facts.headers).result;
  const all = filter?.get('and_filter');
  if (all !== undefined) return allOf(all.list('filters'), inner => matchReply(inner, facts, depth + 1));
  const some = filter?.get('or_filter');
  if (some !== undefined) return anyOf(some.list('filters'), inner => matchReply(inner, facts, depth + 1));
  if (filter?.has('not_health_check_filter') === true) return true;
  return unsupported(`access log filter ${Object.keys(filter?.value ?? {}).join(', ') || 'that sets nothing'}`);
}

/** Without flags any flag will do. */
function flagMatches(wanted: readonly string[], flag: string | null): boolean {
  return flag !== null && (wanted.length === 0 || wanted.includes(flag));
}

const OPERATORS: Readonly<Record<string, (code: number, value: number) => boolean>> = {
  EQ: (code, value) => code === value,
  GE: (code, value) => code >= value,
  LE: (code, value) => code <= value,
  NE: (code, value) => code !== value,
};

function compares(comparison: View, code: number): boolean {
  const value = comparison.get('value')?.number('default_value') ?? 0;
  return OPERATORS[comparison.string('op') ?? 'EQ']?.(code, value) ?? false;
}
