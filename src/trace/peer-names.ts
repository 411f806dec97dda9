import { parseIp } from '../match/cidr.js';
import { matchString } from '../match/string-matcher.js';
import { extensionOf } from '../model/extension.js';
import { validationContext } from '../model/transport-socket.js';
import { View } from '../model/view.js';

/** A matcher of names, and the kind of name that it takes; null for every kind. */
interface NameMatcher {
  readonly matcher: View;
  readonly kind: NameKind | null;
}

type NameKind = 'URI' | 'DNS' | 'EMAIL' | 'IP_ADDRESS';

/**
 * The matchers of which one must take a name of the peer's certificate; none where any certificate of a trusted issuer will do. v2's
 * `verify_subject_alt_name` asks for exact names.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/transport_sockets/tls/v3/common.proto (CertificateValidationContext)
 */
export function nameMatchers(context: View): View[] {
  return matchersOf(context).map(({ matcher }) => matcher);
}

function matchersOf(context: View): NameMatcher[] {
  const validation = validationContext(context);
  if (validation === null) return [];
  const typed = validation.list('match_typed_subject_alt_names').flatMap(item => {
    const matcher = item.get('matcher');
    const kind = KINDS.find(name => name === item.string('san_type')) ?? null;
    return matcher === undefined ? [] : [{ matcher, kind }];
  });
  const anyKind = [
    ...validation.list('match_subject_alt_names'),
    ...validation.strings('verify_subject_alt_name').map(name => new View({ exact: name }, validation.pointer)),
  ];
  return [...typed, ...anyKind.map(matcher => ({ matcher, kind: null }))];
}

const KINDS: readonly NameKind[] = ['URI', 'DNS', 'EMAIL', 'IP_ADDRESS'];

/** Whether a peer with these names is one that a context expects. */
export function acceptsNames(context: View, names: readonly string[]): boolean {
  const matchers = matchersOf(context);
  return matchers.length === 0 || matchers.some(matcher => names.some(name => takes(matcher, name)));
}

/** An exact DNS name also takes the certificate's wildcard for it, `*.example.com` for `a.example.com`. */
function takes({ matcher, kind }: NameMatcher, name: string): boolean {
  const actual = kindOf(name);
  if (kind !== null && kind !== actual) return false;
  const exact = matcher.string('exact');
  const isWildcard = actual === 'DNS' && name.startsWith('*.') && exact !== undefined;
  if (isWildcard) return exact.replace(/^[^.]+/, '*').toLowerCase() === name.toLowerCase();
  return matchString(matcher, name).result === true;
}

function kindOf(name: string): NameKind {
  if (name.includes('://')) return 'URI';
  if (name.includes('@')) return 'EMAIL';
  return parseIp(name) === null ? 'DNS' : 'IP_ADDRESS';
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
