import { View } from '../../model/view.js';
import { matchPath, pathOnly } from '../path.js';
import type { RbacInput } from '../rbac-input.js';
import { matchString } from '../string-matcher.js';
import { type Outcome, unsupported } from '../ternary.js';

const NO_PATH: Outcome = { result: false, why: 'a network filter sees no path' };

/**
 * `url_path` rules (`type.matcher.v3.PathMatcher`): the path without query and fragment.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/type/matcher/v3/path.proto
 */
export function matchUrlPath(rule: View, input: RbacInput): Outcome {
  if (input.path === null) return NO_PATH;
  const matcher = rule.get('path');
  if (matcher === undefined) return { result: unsupported('a url_path without a path'), why: 'its url_path is empty' };
  const outcome = matchString(matcher, pathOnly(input.path));
  return { result: outcome.result, why: `path ${outcome.why}` };
}

/** `uri_template` rules: the same extension as a route's `path_match_policy`. */
export function matchUriTemplate(rule: View, input: RbacInput): Outcome {
  if (input.path === null) return NO_PATH;
  const match = new View({ path_match_policy: rule.value }, rule.pointer);
  return matchPath(match, input.path, { method: input.headers?.(':method') ?? '' });
}
