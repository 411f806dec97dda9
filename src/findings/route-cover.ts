import { fractionOf } from '../match/fraction.js';
import { compileRegex, PatternError } from '../match/regex.js';
import type { View } from '../model/view.js';

/** A RouteMatch’s path specifier. */
interface PathSpec {
  readonly kind: 'prefix' | 'exact' | 'segment-prefix' | 'regex' | 'other';
  readonly text: string;
  readonly caseSensitive: boolean;
}

/** Criteria beside the path that a match lists. */
const LISTS = ['headers', 'query_parameters', 'cookies', 'dynamic_metadata', 'filter_state'] as const;

/**
 * Whether every request that `later` matches is matched by `earlier` as well, so that a route behind it never gets one. Answers false
 * where it cannot be told from the matches alone.
 *
 * @param earlier a route.v3.RouteMatch
 * @see https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/route/v3/route_components.proto#config-route-v3-routematch
 */
export function covers(earlier: View, later: View): boolean {
  if (!takesAllOf(earlier)) return false;
  const sameParts = LISTS.every(field => includesAll(later.list(field), earlier.list(field)));
  const sameTls = !earlier.has('tls_context') || text(earlier.get('tls_context')) === text(later.get('tls_context'));
  const sameGrpc = !earlier.has('grpc') || later.has('grpc');
  return sameParts && sameTls && sameGrpc && coversPath(pathOf(earlier), pathOf(later));
}

/** The text behind a prefix’s end where a covered path goes on without a slash: `1` for `/test` and `/test1`; null where it does not. */
export function siblingOf(earlier: View, later: View): string | null {
  const [taker, taken] = [pathOf(earlier), pathOf(later)];
  if (taker.kind !== 'prefix' || taken.kind === 'regex' || taken.kind === 'other') return null;
  return beyondSegment(taker.text, taken.text);
}

/** What follows a prefix in a path, where it stands inside a segment: the prefix has no closing slash and the path goes on with none. */
export function beyondSegment(prefix: string, path: string): string | null {
  const rest = path.slice(prefix.length);
  return prefix === '' || prefix.endsWith('/') || rest === '' || rest.startsWith('/') ? null : rest;
}

/** The prefix of a match; null where it has another specifier. */
export function prefixOf(match: View): string | null {
  const path = pathOf(match);
  return path.kind === 'prefix' ? path.text : null;
}

function takesAllOf(match: View): boolean {
  const fraction = match.get('runtime_fraction');
  return fraction === undefined || fractionOf(fraction.get('default_value')) === 1;
}

function includesAll(items: readonly View[], wanted: readonly View[]): boolean {
  const texts = new Set(items.map(text));
  return wanted.every(item => texts.has(text(item)));
}

function text(view: View | undefined): string {
  return view === undefined ? '' : JSON.stringify(view.value);
}

function pathOf(match: View): PathSpec {
  const caseSensitive = match.boolean('case_sensitive', true);
  const spec = (kind: PathSpec['kind'], value: string): PathSpec => ({ kind, text: value, caseSensitive });
  if (match.has('connect_matcher') || match.has('path_match_policy') || match.has('regex')) return spec('other', '');
  if (match.has('path')) return spec('exact', match.string('path') ?? '');
  if (match.has('path_separated_prefix')) return spec('segment-prefix', match.string('path_separated_prefix') ?? '');
  const regex = match.get('safe_regex');
  return regex === undefined
    ? spec('prefix', match.string('prefix') ?? '')
    : spec('regex', regex.string('regex') ?? '');
}

function coversPath(earlier: PathSpec, later: PathSpec): boolean {
  if (later.kind === 'other' || earlier.kind === 'other') return false;
  if (earlier.caseSensitive && !later.caseSensitive && /[a-z]/i.test(earlier.text)) return false;
  const fold = (value: string) => (earlier.caseSensitive ? value : value.toLowerCase());
  const [taker, taken] = [fold(earlier.text), fold(later.text)];
  switch (earlier.kind) {
    case 'prefix':
      return taker === '' || taker === '/' || (later.kind !== 'regex' && taken.startsWith(taker));
    case 'segment-prefix':
      if (later.kind === 'regex') return false;
      return (taken === taker && later.kind !== 'prefix') || taken.startsWith(`${taker}/`);
    case 'exact':
      return later.kind === 'exact' && taken === taker;
    default:
      return later.kind === 'regex' ? taken === taker : later.kind === 'exact' && matches(earlier.text, later.text);
  }
}

function matches(pattern: string, path: string): boolean {
  try {
    return compileRegex(pattern).full(path);
  } catch (error) {
    if (error instanceof PatternError) return false;
    throw error;
  }
}
