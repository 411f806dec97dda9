import type { View } from '../../model/view.js';
import type { RbacInput } from '../rbac-input.js';
import { isUnknown, type Outcome, type Ternary } from '../ternary.js';
import { matchMetadata } from '../value-matcher.js';

/**
 * `metadata` rules (`type.matcher.v3.MetadataMatcher`): dynamic metadata, that is what filters before this one wrote.
 */
export function matchDynamicMetadata(rule: View, input: RbacInput): Outcome {
  const unknown = input.unknownMetadata?.(rule.string('filter') ?? '', pathOf(rule)[0] ?? '');
  return outcomeOf(rule, unknown ?? matchMetadata(rule, input.dynamicMetadata));
}

/**
 * `sourced_metadata` rules (`config.rbac.v3.SourcedMetadata`): dynamic metadata, or that of the chosen route.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/rbac/v3/rbac.proto#config-rbac-v3-sourcedmetadata
 */
export function matchSourcedMetadata(rule: View, input: RbacInput): Outcome {
  const matcher = rule.get('metadata_matcher') ?? rule;
  if (rule.string('metadata_source') !== 'ROUTE') return matchDynamicMetadata(matcher, input);
  const metadata = input.routeMetadata;
  if (metadata === undefined) return { result: false, why: 'no route is chosen, so it has no metadata' };
  return outcomeOf(matcher, matchMetadata(matcher, metadata));
}

function outcomeOf(rule: View, result: Ternary): Outcome {
  const name = `metadata ${rule.string('filter') ?? ''} ${pathOf(rule).join('.')}`;
  if (isUnknown(result)) return { result, why: `${name} needs ${result.what}` };
  return { result, why: `${name} ${result ? 'matches' : 'does not match'}` };
}

function pathOf(rule: View): string[] {
  return rule.list('path').map(segment => segment.string('key') ?? '');
}
