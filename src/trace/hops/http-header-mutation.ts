import type { Extension } from '../../model/extension.js';
import type { View } from '../../model/view.js';
import { applyMutations } from '../header-mutations.js';
import { noteRewrites } from '../header-target.js';
import type { PerRoute } from '../per-route.js';
import type { Tracing } from '../tracing.js';
import type { FilterState } from './filter-state.js';

/**
 * Header mutation: the filter's own mutations, then those of every level that overrides it, the most specific first or last. The route stays;
 * filters behind, RBAC among them, see the new headers.
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/header_mutation_filter
 */
export function headerMutation(
  trace: Tracing,
  { name, config }: Extension,
  perRoute: PerRoute,
  state: FilterState,
): void {
  const label = name ?? 'header_mutation';
  const levels = perRoute.all.map(override => override.config);
  if (config.boolean('most_specific_header_mutations_wins')) levels.reverse();
  const lines = [config, ...levels].flatMap(holder => mutate(trace, holder.get('mutations')));
  noteRewrites(trace);
  if (lines.length === 0) state.lines.push(`${label}: changes nothing in the request`);
  else state.lines.push(...lines.map(line => `${label}: ${line}`));
}

function mutate(trace: Tracing, mutations: View | undefined): string[] {
  if (mutations === undefined) return [];
  return [
    ...applyMutations(trace, mutations.list('request_mutations')),
    ...mutateQuery(trace, [...mutations.list('query_parameter_mutations'), ...mutations.list('parameter_mutations')]),
  ];
}

/** A core.v3.KeyValueMutation removes a parameter or appends one. */
function mutateQuery(trace: Tracing, mutations: readonly View[]): string[] {
  const { http } = trace;
  if (http === null) return [];
  return mutations.flatMap(mutation => {
    const [path = '', ...rest] = http.path.split('?');
    const parts = rest
      .join('?')
      .split('&')
      .filter(part => part !== '');
    const removed = mutation.string('remove');
    const entry = mutation.path('append', 'entry') ?? mutation.path('append', 'record');
    const key = removed ?? entry?.string('key') ?? '';
    const action = mutation.get('append')?.string('action') ?? 'APPEND_IF_EXISTS_OR_ADD';
    const isThere = parts.some(part => nameOf(part) === key);
    if (
      removed === undefined &&
      ((action === 'ADD_IF_ABSENT' && isThere) || (action === 'OVERWRITE_IF_EXISTS' && !isThere))
    )
      return [];
    const drops = removed !== undefined || action.startsWith('OVERWRITE');
    const kept = drops ? parts.filter(part => nameOf(part) !== key) : parts;
    const all = removed === undefined ? [...kept, `${key}=${entry?.string('value') ?? ''}`] : kept;
    http.path = all.length === 0 ? path : `${path}?${all.join('&')}`;
    return [removed === undefined ? `sets query parameter ${key}` : `removes query parameter ${key}`];
  });
}

function nameOf(part: string): string {
  return part.split('=')[0] ?? '';
}
