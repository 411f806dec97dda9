import type { View } from '../model/view.js';
import { MAX_NESTING, nestedTooDeep } from './nesting.js';
import { allOf, anyOf, not, type Ternary, unsupported } from './ternary.js';

/**
 * Evaluates a `filter_disabled` predicate of a listener filter for a destination port.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/listener/v3/listener_components.proto (ListenerFilterChainMatchPredicate)
 */
export function matchListenerPredicate(predicate: View, port: number, depth = 0): Ternary {
  if (depth > MAX_NESTING) return nestedTooDeep('filter_disabled predicate');
  const range = predicate.get('destination_port_range');
  if (range !== undefined) return port >= (range.number('start') ?? 0) && port < (range.number('end') ?? 0);
  if (predicate.has('any_match')) return predicate.boolean('any_match');
  const or = predicate.get('or_match');
  if (or !== undefined) return anyOf(or.list('rules'), rule => matchListenerPredicate(rule, port, depth + 1));
  const and = predicate.get('and_match');
  if (and !== undefined) return allOf(and.list('rules'), rule => matchListenerPredicate(rule, port, depth + 1));
  const negated = predicate.get('not_match');
  return negated === undefined
    ? unsupported('an empty filter_disabled predicate')
    : not(matchListenerPredicate(negated, port, depth + 1));
}
