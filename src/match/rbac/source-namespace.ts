import type { View } from '../../model/view.js';

/**
 * Decides a principal matcher from the source's namespace alone, for Istio identities
 * `spiffe://DOMAIN/ns/NAMESPACE/sa/ACCOUNT`.
 *
 * @returns false when no identity of the namespace can match, true when each one does, undefined when the account or
 * domain decides
 */
export function matchNamespaceOnly(matcher: View, namespace: string): boolean | undefined {
  const whole = matcher.path('safe_regex')?.string('regex') ?? matcher.string('regex');
  const asked = whole === undefined ? undefined : /^\.\*\/ns\/([a-z0-9-]+)\/\.\*$/.exec(whole)?.[1];
  if (asked !== undefined) return asked === namespace;
  const named = /\/ns\/([^/]+)\//.exec(matcher.string('exact') ?? matcher.string('prefix') ?? '')?.[1];
  return named === undefined || named === namespace ? undefined : false;
}
