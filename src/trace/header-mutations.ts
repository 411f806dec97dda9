import { matchString } from '../match/string-matcher.js';
import type { View } from '../model/view.js';
import { evaluateOption, writeOption } from './header-options.js';
import { requestTarget } from './header-target.js';
import type { Tracing } from './tracing.js';

/**
 * Applies config.common.mutation_rules.v3.HeaderMutation messages to the request, one after the other; one line a change.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/common/mutation_rules/v3/mutation_rules.proto
 */
export function applyMutations(trace: Tracing, mutations: readonly View[]): string[] {
  return mutations.flatMap(mutation => apply(trace, mutation));
}

function apply(trace: Tracing, mutation: View): string[] {
  const { http } = trace;
  if (http === null) return [];
  const target = requestTarget(http);
  const append = mutation.get('append');
  if (append !== undefined) {
    const option = evaluateOption(trace, target, append);
    return option === null ? [] : [writeOption(target, option)];
  }
  return namesToRemove(trace, mutation).map(name => {
    target.delete(name);
    return `removes header ${name}`;
  });
}

/** One name, or every header whose name a matcher takes. */
function namesToRemove({ http }: Tracing, mutation: View): string[] {
  const name = mutation.string('remove')?.toLowerCase();
  if (name !== undefined) return http?.headers.has(name) === true ? [name] : [];
  const matcher = mutation.get('remove_on_match')?.get('key_matcher');
  if (matcher === undefined) return [];
  return [...(http?.headers.keys() ?? [])].filter(candidate => matchString(matcher, candidate).result === true);
}
