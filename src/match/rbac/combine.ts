import type { View } from '../../model/view.js';
import { allOf, anyOf, isUnknown, not, type Outcome } from '../ternary.js';

const SHOWN = 3;

/** Kleene's and over rules, as Envoy's `and_rules` and `and_ids`: true only when all match. */
export function everyRule(rules: readonly View[], match: (rule: View) => Outcome): Outcome {
  return everyOutcome(rules.map(match));
}

/** Kleene's and over answers; the reason is that of the first that decides. */
export function everyOutcome(outcomes: readonly Outcome[]): Outcome {
  const result = allOf(outcomes, outcome => outcome.result);
  if (result === true) return { result, why: joined(outcomes, ' and ') };
  return { result, why: firstWith(outcomes, result === false) };
}

/** Kleene's or over rules, as `or_rules`, `or_ids` and the lists of a policy: true as soon as one matches. */
export function someRule(rules: readonly View[], match: (rule: View) => Outcome): Outcome {
  const outcomes = rules.map(match);
  const result = anyOf(outcomes, outcome => outcome.result);
  if (result === true) return { result, why: outcomes.find(outcome => outcome.result === true)?.why ?? '' };
  if (result === false) return { result, why: joined(outcomes, ' and ') };
  return { result, why: firstWith(outcomes, false) };
}

/** `not_rule` and `not_id`. */
export function notRule(outcome: Outcome): Outcome {
  const result = not(outcome.result);
  if (isUnknown(result)) return outcome;
  return { result, why: result ? `not excluded (${outcome.why})` : `excluded: ${outcome.why}` };
}

function firstWith(outcomes: readonly Outcome[], decided: boolean): string {
  return outcomes.find(outcome => (decided ? outcome.result === false : isUnknown(outcome.result)))?.why ?? '';
}

function joined(outcomes: readonly Outcome[], separator: string): string {
  const whys = [...new Set(outcomes.map(outcome => outcome.why))];
  const more = whys.length - SHOWN;
  return whys.slice(0, SHOWN).join(separator) + (more > 0 ? ` (and ${more} more)` : '');
}
