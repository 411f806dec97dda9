import { extensionOf } from '../model/extension.js';
import { View } from '../model/view.js';
import { branches } from './matcher-branches.js';
import { type InputResolver, inputName, matchPredicate } from './matcher-predicate.js';
import { MAX_NESTING, nestedTooDeep } from './nesting.js';
import { isUnknown, type Unknown } from './ternary.js';

export type { InputResolver, MatcherInput } from './matcher-predicate.js';

/** One thing that the evaluation looked at, in order. */
interface Tried {
  /** Of the matcher that was looked at. */
  readonly pointer: string;
  /** Its answer, a clause without full stop. */
  readonly why: string;
}

interface Evaluated {
  readonly tried: readonly Tried[];
  /** Actions whose `keep_matching` let the evaluation go on: they run as well. */
  readonly recorded: readonly View[];
}

/** What a matcher comes to. The action is a TypedExtensionConfig, to be read by extensionOf. */
export type MatcherResult = Evaluated &
  (
    | { readonly kind: 'action'; readonly action: View; readonly pointer: string }
    | { readonly kind: 'no-match'; readonly why: string }
    | { readonly kind: 'unknown'; readonly unknown: Unknown }
  );

/** An action, null where nothing matches. */
type Found = View | null | Unknown;

/**
 * Evaluates an xds.type.matcher.v3.Matcher (or envoy.config.common.matcher.v3.Matcher) on what the resolver gives for its inputs.
 * The first match decides; a nested matcher that finds nothing lets its parent go on, with the next of a list or the next shorter prefix.
 * Unknown as soon as something that stands before the decision is.
 * https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/advanced/matching/matching_api
 */
export function evaluateMatcher(matcher: View, inputs: InputResolver): MatcherResult {
  const evaluation = new Evaluation(inputs);
  const found = evaluation.matcher(matcher, 0);
  const { tried, recorded } = evaluation;
  if (found instanceof View) return { kind: 'action', action: found, pointer: found.pointer, tried, recorded };
  if (found !== null) return { kind: 'unknown', unknown: found, tried, recorded };
  const why = tried.length === 0 ? 'it has no matchers' : tried.map(({ why }) => why).join('; ');
  return { kind: 'no-match', why, tried, recorded };
}

class Evaluation {
  readonly tried: Tried[] = [];
  readonly recorded: View[] = [];

  constructor(readonly inputs: InputResolver) {}

  matcher(matcher: View, depth: number): Found {
    if (depth > MAX_NESTING) return nestedTooDeep('matcher');
    const list = matcher.get('matcher_list');
    const tree = matcher.get('matcher_tree');
    const found = list !== undefined ? this.#list(list, depth) : tree !== undefined ? this.#tree(tree, depth) : null;
    return found ?? this.#onMatch(matcher.get('on_no_match'), depth);
  }

  #list(list: View, depth: number): Found {
    for (const entry of list.list('matchers')) {
      const { result, why } = matchPredicate(entry.get('predicate'), this.inputs);
      this.tried.push({ pointer: entry.pointer, why });
      if (isUnknown(result)) return result;
      const found = result ? this.#onMatch(entry.get('on_match'), depth) : null;
      if (found !== null) return found;
    }
    return null;
  }

  #tree(tree: View, depth: number): Found {
    const input = extensionOf(tree.get('input') ?? tree);
    const resolved = this.inputs(input);
    if ('unknown' in resolved) return resolved;
    const { why, taken } = branches(tree, inputName(input), resolved.value);
    this.tried.push({ pointer: tree.pointer, why });
    if (!Array.isArray(taken)) return taken;
    for (const onMatch of taken) {
      const found = this.#onMatch(onMatch, depth);
      if (found !== null) return found;
    }
    return null;
  }

  #onMatch(onMatch: View | undefined, depth: number): Found {
    const nested = onMatch?.get('matcher');
    const found = nested !== undefined ? this.matcher(nested, depth + 1) : (onMatch?.get('action') ?? null);
    if (!(found instanceof View) || onMatch?.boolean('keep_matching') !== true) return found;
    this.recorded.push(found);
    return null;
  }
}
