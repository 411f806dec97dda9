import type { ExplainedTerm } from '../../findings/explanations/explained.js';
import type { ExplanationLabels } from './labels.js';

/** The facts of a term as label and value, those that it has, in the order in which they are read. */
export function explanationFacts(term: ExplainedTerm, labels: ExplanationLabels): [label: string, value: string][] {
  const facts: [string, string][] = [
    [labels.from, term.from],
    [labels.hops, term.hops.join(', ')],
    [labels.codes, term.codes.join(', ')],
    [labels.flags, term.flags.join(', ')],
    [labels.details, term.details.join(', ')],
    [labels.reasons, term.reasons.join(', ')],
    [labels.since, term.since ?? ''],
  ];
  return facts.filter(([, value]) => value !== '');
}
