import type { View } from '../../model/view.js';
import { matchHeader } from '../header.js';
import type { JwtInput } from '../jwt-input.js';
import { matchPath } from '../path.js';
import { matchQuery, parseQuery } from '../query.js';
import { allOf, isUnknown, type Outcome, type Ternary, type Unknown, unsupported } from '../ternary.js';

/** The `RequirementRule` under which a request falls. */
export interface JwtRule {
  /** Position in `rules`. */
  readonly index: number;
  readonly pointer: string;
}

/** What a request has to satisfy. */
export type FoundRequirement =
  | { readonly kind: 'none'; readonly rule: JwtRule | null; readonly why: string }
  | { readonly kind: 'requirement'; readonly rule: JwtRule | null; readonly requirement: View }
  | { readonly kind: 'wrong-name'; readonly name: string }
  | { readonly kind: 'unknown'; readonly missing: Unknown };

/**
 * Finds the requirement of a request: the route's own, else that of the first rule that matches, else that of the
 * filter state.
 *
 * @see https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/filters/http/jwt_authn/v3/config.proto#extensions-filters-http-jwt-authn-v3-jwtauthentication
 */
export function findRequirement(config: View, input: JwtInput, perRoute: View | undefined): FoundRequirement {
  if (perRoute?.boolean('disabled')) return { kind: 'none', rule: null, why: 'the route disables the filter' };
  const name = perRoute?.string('requirement_name');
  if (name !== undefined) return named(config, name, null);
  for (const [index, view] of config.list('rules').entries()) {
    const result = matchRule(view.get('match'), input);
    if (isUnknown(result)) return { kind: 'unknown', missing: result };
    if (result) return requirementOf(config, view, { index, pointer: view.pointer });
  }
  return fromFilterState(config, input);
}

/** The path, headers and query parameters of a RouteMatch; Envoy's JWT filter reads nothing else of it. */
function matchRule(match: View | undefined, input: JwtInput): Ternary {
  if (match === undefined) return unsupported('a JWT rule without match');
  return allOf(criteria(match, input), outcome => outcome.result);
}

function* criteria(match: View, input: JwtInput): Generator<Outcome> {
  for (const header of match.list('headers')) yield matchHeader(header, input.headers);
  for (const parameter of match.list('query_parameters')) yield matchQuery(parameter, parseQuery(input.path));
  yield matchPath(match, input.path, {
    method: input.headers(':method') ?? '',
    protocolUpgrade: input.headers('upgrade') ?? '',
  });
}

function requirementOf(config: View, view: View, rule: JwtRule): FoundRequirement {
  const name = view.string('requirement_name');
  if (name !== undefined) return named(config, name, rule);
  const requirement = view.get('requires');
  if (requirement === undefined) return { kind: 'none', rule, why: 'the rule of the path requires no token' };
  return { kind: 'requirement', rule, requirement };
}

function named(config: View, name: string, rule: JwtRule | null): FoundRequirement {
  const found = config.entries('requirement_map').find(([key]) => key === name);
  if (found !== undefined) return { kind: 'requirement', rule, requirement: found[1] };
  if (rule === null) return { kind: 'wrong-name', name };
  return {
    kind: 'unknown',
    missing: unsupported(`the JWT requirement ${name}, without which Envoy refuses the filter`),
  };
}

function fromFilterState(config: View, input: JwtInput): FoundRequirement {
  const rules = config.get('filter_state_rules');
  const none: FoundRequirement = { kind: 'none', rule: null, why: 'no rule names the path' };
  if (rules === undefined) return none;
  const value = input.filterState(rules.string('name') ?? '');
  if (typeof value === 'object') return { kind: 'unknown', missing: value };
  const found = rules.entries('requires').find(([key]) => key === value);
  return found === undefined ? none : { kind: 'requirement', rule: null, requirement: found[1] };
}
