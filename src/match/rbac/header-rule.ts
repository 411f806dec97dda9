import type { View } from '../../model/view.js';
import { matchHeader } from '../header.js';
import type { RbacInput } from '../rbac-input.js';
import { isUnknown, type Outcome, type Ternary, unsupported } from '../ternary.js';

/**
 * `header` rules of RBAC. A network filter sees no headers and matches none of them.
 *
 * Envoy joined the values of a repeated header with commas until it fixed CVE-2026-26308 (GHSA-ghc4-35x6-crw5), and
 * tries them one by one since. Where the two disagree and Envoy's version is not known, the rule is not decided.
 */
export function matchHeaderRule(rule: View, input: RbacInput): Outcome {
  const { headers } = input;
  if (headers === null) return { result: false, why: 'a network filter sees no headers' };
  const joined = matchHeader(rule, headers);
  const name = rule.string('name') ?? '';
  const values = input.headerValues?.(name.toLowerCase()) ?? [];
  if (values.length < 2 || isUnknown(joined.result)) return joined;
  const each = values.map(value => matchHeader(rule, asked => (sameName(asked, name) ? value : headers(asked))));
  return decide(joined, each, rule.boolean('invert_match'), input.matchesHeadersIndividually);
}

function decide(
  joined: Outcome,
  each: readonly Outcome[],
  inverted: boolean,
  individually: boolean | undefined,
): Outcome {
  const possible = new Set<Ternary>();
  if (individually !== true) possible.add(joined.result);
  if (individually !== false) {
    possible.add(each.some(outcome => outcome.result === true));
    if (inverted) possible.add(each.every(outcome => outcome.result === true));
  }
  const [result, ...others] = possible;
  if (others.length > 0 || result === undefined) {
    const what = 'a header that is sent more than once: Envoy versions differ in how they match it (CVE-2026-26308)';
    return { result: unsupported(what), why: what };
  }
  return { result, why: [joined, ...each].find(outcome => outcome.result === result)?.why ?? joined.why };
}

function sameName(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}
