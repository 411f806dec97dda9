import { type Extension, extensionOf } from '../model/extension.js';
import { isSecretName } from '../model/redact/secret-header.js';
import type { View } from '../model/view.js';
import { parseIp, rangesWith } from './cidr.js';
import { MAX_NESTING, nestedTooDeep } from './nesting.js';
import { unknownIn } from './partial-text.js';
import { matchString } from './string-matcher.js';
import { quote, subjectOf } from './string-test.js';
import { allOf, anyOf, not, type Outcome, type Unknown, unsupported, unsupportedExtension } from './ternary.js';

/** What a matcher input gives: text, as all of Envoy's do (a port in decimal, an address as text), or undefined where it has no value. */
export interface MatcherInput {
  readonly value: string | undefined;
}

/** Gives the value of a matcher input, or why it is not known. */
export type InputResolver = (input: Extension) => MatcherInput | Unknown;

/**
 * Answers a predicate of a matcher list. An input without a value fails its predicate. Unknown for a matcher that is not evaluated.
 * https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/advanced/matching/matching_api
 */
export function matchPredicate(predicate: View | undefined, inputs: InputResolver, depth = 0): Outcome {
  if (depth > MAX_NESTING) return undecided(nestedTooDeep('predicate'));
  const single = predicate?.get('single_predicate');
  if (single !== undefined) return matchSingle(single, inputs);
  const negated = predicate?.get('not_matcher');
  if (negated !== undefined) {
    const { result, why } = matchPredicate(negated, inputs, depth + 1);
    return { result: not(result), why };
  }
  const all = predicate?.get('and_matcher');
  const some = all ?? predicate?.get('or_matcher');
  if (some === undefined) return undecided(unsupported('a matcher predicate that sets nothing'));
  const outcomes: Outcome[] = [];
  const result = (all === undefined ? anyOf : allOf)(some.list('predicate'), item => {
    const outcome = matchPredicate(item, inputs, depth + 1);
    outcomes.push(outcome);
    return outcome.result;
  });
  return { result, why: reasons(outcomes, result) };
}

/** What a matcher input is called in explanations: `header :path`, `DestinationPortInput`. */
export function inputName({ type, name, config }: Extension): string {
  const header = config.string('header_name');
  if (header !== undefined) return `header ${header.toLowerCase()}`;
  const parameter = config.string('query_param');
  if (parameter !== undefined) return `query parameter ${parameter}`;
  const cookie = config.string('cookie_name');
  if (cookie !== undefined) return `cookie ${cookie}`;
  return type?.split('.').at(-1) ?? name ?? 'an input without a type';
}

/** An input with its value, which is not printed where its name speaks of a secret. */
export function inputText(name: string, value: string): string {
  return `${name} ${isSecretName(name) ? '(hidden)' : quote(value)}`;
}

function matchSingle(single: View, inputs: InputResolver): Outcome {
  const input = extensionOf(single.get('input') ?? single);
  const name = inputName(input);
  const resolved = inputs(input);
  if ('unknown' in resolved) return undecided(resolved);
  const { value } = resolved;
  if (value === undefined) return { result: false, why: `${name} has no value` };
  const valueMatch = single.get('value_match');
  if (valueMatch !== undefined) return matchString(valueMatch, value, subjectOf(name));
  const custom = single.get('custom_match');
  return custom === undefined
    ? undecided(unsupported('a predicate without a matcher'))
    : matchCustom(custom, name, value);
}

/** The one custom input matcher that text alone decides: envoy.extensions.matching.input_matchers.ip.v3.Ip. */
function matchCustom(custom: View, name: string, value: string): Outcome {
  const matcher = extensionOf(custom);
  const { kind, config } = matcher;
  if (kind !== 'ip') return undecided(unsupportedExtension('input matcher', matcher));
  const unknown = unknownIn(value);
  if (unknown !== null) return undecided(unknown);
  const result = rangesWith(config.list('cidr_ranges'), parseIp(value)).length > 0;
  return { result, why: `${inputText(name, value)} is ${result ? '' : 'not '}in the ranges` };
}

/** The reasons that led to the result; all of them where none alone did. */
function reasons(outcomes: readonly Outcome[], result: Outcome['result']): string {
  const leading = outcomes.filter(outcome => outcome.result === result);
  return (leading.length === 0 ? outcomes : leading).map(({ why }) => why).join(' and ');
}

function undecided(unknown: Unknown): Outcome {
  return { result: unknown, why: unknown.what };
}
