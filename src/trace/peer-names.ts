import { matchString } from '../match/string-matcher.js';
import { extensionOf } from '../model/extension.js';
import { validationContext } from '../model/transport-socket.js';
import { View } from '../model/view.js';

/**
 * The matchers of which one must take a name of the peer's certificate; none where any certificate of a trusted issuer will do. v2's
 * `verify_subject_alt_name` asks for exact names.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/transport_sockets/tls/v3/common.proto (CertificateValidationContext)
 */
export function nameMatchers(context: View): View[] {
  const validation = validationContext(context);
  if (validation === null) return [];
  const typed = validation.list('match_typed_subject_alt_names').map(item => item.get('matcher'));
  const exact = validation.strings('verify_subject_alt_name');
  return [
    ...typed.filter(matcher => matcher !== undefined),
    ...validation.list('match_subject_alt_names'),
    ...exact.map(name => new View({ exact: name }, validation.pointer)),
  ];
}

/** Whether a peer with these names is one that a context expects. */
export function acceptsNames(context: View, names: readonly string[]): boolean {
  const matchers = nameMatchers(context);
  return (
    matchers.length === 0 || matchers.some(matcher => names.some(name => matchString(matcher, name).result === true))
  );
}

/** The trust domains of a SPIFFE validator, one of which a peer's SPIFFE id must be in; null where the context has none. */
export function trustDomains(context: View): string[] | null {
  const custom = validationContext(context)?.get('custom_validator_config');
  const validator = custom === undefined ? undefined : extensionOf(custom);
  if (validator?.type?.endsWith('.SPIFFECertValidatorConfig') !== true) return null;
  return validator.config.list('trust_domains').map(domain => domain.string('name') ?? '');
}

/** The trust domain of a SPIFFE id; null for other names. */
export function trustDomainOf(name: string): string | null {
  return /^spiffe:\/\/([^/]+)/.exec(name)?.[1] ?? null;
}

/** `prefix spiffe://cluster.local/ or exact spiffe://other`. */
export function describeMatchers(matchers: readonly View[]): string {
  return matchers.map(matcher => Object.values(matcher.value).join(' ')).join(' or ');
}
