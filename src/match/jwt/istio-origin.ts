import { View } from '../../model/view.js';
import type { JwtInput } from '../jwt-input.js';
import { matchString } from '../string-matcher.js';
import { anyOf, isUnknown, needsInput, type Ternary } from '../ternary.js';
import { isCorsPreflight } from './preflight.js';
import { carriesToken } from './token.js';

/**
 * Whether the origin (the end user) is authenticated by one of the `origins` of an Istio authentication policy,
 * v1alpha1.
 *
 * Rule: OriginAuthenticator in Istio proxy's src/envoy/http/authn; a method whose trigger rules do not name the path
 * asks for nothing.
 *
 * @returns whether the request passes, and whether its claims are those of an authenticated origin
 */
export function matchOrigins(policy: View, input: JwtInput): { passes: Ternary; authenticated: Ternary } {
  const methods = policy.list('origins').flatMap(method => method.list('jwt'));
  if (methods.length === 0) return { passes: !bindsToOrigin(policy), authenticated: false };
  if (isCorsPreflight(input)) return { passes: true, authenticated: false };
  const triggered = methods.filter(jwt => isTriggered(jwt, input.path) !== false);
  if (triggered.length === 0) return { passes: true, authenticated: false };
  const authenticated = anyOf(triggered, jwt => {
    const asked = isTriggered(jwt, input.path);
    return isUnknown(asked) ? asked : isIssuedFor(jwt, input);
  });
  return { passes: authenticated, authenticated };
}

/**
 * Whether the request's principal is that of the token and not that of the client certificate.
 * Rule: `principal_binding` (USE_ORIGIN) of Istio's authentication Policy, v1alpha1.
 */
export function bindsToOrigin(policy: View): boolean {
  return ['USE_ORIGIN', '1'].includes(policy.string('principal_binding') ?? '');
}

function isIssuedFor(jwt: View, input: JwtInput): Ternary {
  if (input.claims !== null) return input.claims.iss === jwt.string('issuer');
  const own = jwt.strings('jwt_headers').some(name => input.headers(name.toLowerCase()) !== undefined);
  const carried = own || carriesToken(new View({}, jwt.pointer), input);
  return carried ? needsInput('the claims of the token (claims)') : false;
}

function isTriggered(jwt: View, path: string): Ternary {
  const rules = jwt.list('trigger_rules');
  return rules.length === 0 || anyOf(rules, rule => matchesTrigger(rule, path));
}

function matchesTrigger(rule: View, path: string): Ternary {
  const matches = (matcher: View) => matchString(matcher, path).result;
  const excluded = anyOf(rule.list('excluded_paths'), matches);
  if (excluded !== false) return isUnknown(excluded) ? excluded : false;
  const included = rule.list('included_paths');
  return included.length === 0 || anyOf(included, matches);
}
