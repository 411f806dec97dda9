import type { View } from '../../model/view.js';
import type { RbacInput } from '../rbac-input.js';
import { matchString } from '../string-matcher.js';
import { anyOf, isUnknown, type Outcome, unsupported } from '../ternary.js';
import { matchAddress } from './address-rule.js';

/**
 * `filter_state` rules (`type.matcher.v3.FilterStateMatcher`): an object that an earlier filter set, matched as text or
 * as an address. An object that is not set does not match. Istio's waypoints match `io.istio.peer_principal` this way.
 */
export function matchFilterState(rule: View, input: Pick<RbacInput, 'filterState'>): Outcome {
  const key = rule.string('key') ?? '';
  const value = input.filterState(key);
  if (value === undefined) return { result: false, why: `filter state ${key} is not set` };
  if (typeof value !== 'string') return { result: value, why: `filter state ${key} needs ${value.what}` };
  const text = rule.get('string_match');
  if (text !== undefined) {
    const outcome = matchString(text, value);
    return { result: outcome.result, why: `filter state ${key} ${outcome.why}` };
  }
  return matchObjectAddress(rule, key, value);
}

function matchObjectAddress(rule: View, key: string, value: string): Outcome {
  const range = rule.get('ip_range');
  const ranges = range === undefined ? (rule.get('address_match')?.list('ranges') ?? []) : [range];
  const what = `filter state ${key}`;
  if (ranges.length === 0)
    return {
      result: unsupported(`a filter_state matcher for ${key} without a known form`),
      why: `${what} has a matcher of an unknown form`,
    };
  const result = anyOf(ranges, item => matchAddress(item, value, what, key).result);
  if (isUnknown(result)) return { result, why: result.what };
  return { result, why: `${what} ${value} is ${result ? 'in' : 'in none of'} the address ranges` };
}
