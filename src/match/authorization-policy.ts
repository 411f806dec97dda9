/** The AuthorizationPolicy behind an RBAC policy name. */
export interface AuthorizationPolicyRule {
  readonly namespace: string;
  readonly name: string;
  /** Index in `spec.rules`. */
  readonly rule: number;
}

const FORM = /^(?:istio-ext-authz-(?:.+-)?)?ns\[([^[\]]+)\]-policy\[([^[\]]+)\]-rule\[(\d+)\]/;

/**
 * Reads the name that Istio gives to the Envoy policy of each rule: `ns[foo]-policy[bar]-rule[0]`, with the prefix
 * `istio-ext-authz-` (and the provider's name) for CUSTOM actions and a suffix where Istio could not build one. An
 * AuthorizationPolicy without rules gets rule 0 all the same.
 *
 * @returns null for other names, such as the ServiceRole names of Istio 1.1 to 1.5, which stand for themselves
 * @see https://istio.io/latest/docs/reference/config/security/authorization-policy/
 */
export function authorizationPolicyOf(policyName: string): AuthorizationPolicyRule | null {
  const match = FORM.exec(policyName);
  if (match === null) return null;
  const [, namespace = '', name = '', rule = ''] = match;
  return { namespace, name, rule: Number(rule) };
}
