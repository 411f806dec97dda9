import type { X509Certificate } from 'node:crypto';
import { type Certificate, certificatesOf } from '../model/certificate.js';
import { oncePerPair } from '../model/once.js';
import type { ProxyConfig } from '../model/proxy.js';
import { certificateNames, validationName } from '../model/transport-socket.js';
import type { View } from '../model/view.js';
import { acceptsNames, describeMatchers, nameMatchers } from './peer-names.js';

/** One side of a handshake: its configuration and the certificates in its dump. */
export interface Side {
  readonly proxy: ProxyConfig;
  /** UpstreamTlsContext of the client, DownstreamTlsContext of the server. */
  readonly context: View;
}

/** What two sides make of each other's certificates. */
export interface Handshake {
  /** Who refuses the other, and why; null where both accept. */
  readonly refused: { readonly by: 'client' | 'server'; readonly why: string } | null;
  /** Facts for the step: both certificates, who signed them. */
  readonly facts: readonly string[];
  readonly assumptions: readonly string[];
}

/**
 * Checks the server's certificate against what the client expects, then the client's against the server: names, validity, issuer.
 * `now` is an RFC 3339 time; null leaves validity out.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/transport_sockets/tls/v3/common.proto (CertificateValidationContext)
 */
export function handshake(client: Side, server: Side, now: string | null): Handshake {
  const ofServer = shownBy(server);
  const ofClient = shownBy(client);
  const facts = [describe('the server shows', ofServer), describe('the client shows', ofClient)].filter(
    fact => fact !== null,
  );
  const assumptions =
    ofServer === null ? ['the server’s certificate, which is not in its dump, is what the client expects'] : [];
  const byClient = ofServer === null ? null : refusal(ofServer, client, now);
  if (byClient !== null)
    return {
      refused: { by: 'client', why: `the client refuses the server’s certificate: ${byClient}` },
      facts,
      assumptions,
    };
  const asks = server.context.boolean('require_client_certificate');
  const byServer = ofClient === null || !asks ? null : refusal(ofClient, server, now);
  if (byServer !== null)
    return {
      refused: { by: 'server', why: `the server refuses the client’s certificate: ${byServer}` },
      facts,
      assumptions,
    };
  return { refused: null, facts, assumptions };
}

function shownBy({ proxy, context }: Side): Certificate | null {
  const [name] = certificateNames(context);
  return name === undefined ? null : (certificatesOf(proxy, name)[0] ?? null);
}

/** Why one side refuses a certificate; null where it accepts it. */
function refusal(certificate: Certificate, verifier: Side, now: string | null): string | null {
  return (
    unexpectedName(certificate, verifier.context) ?? unknownIssuer(certificate, verifier) ?? outOfDate(certificate, now)
  );
}

/** One of the expected names must be among the certificate's. */
function unexpectedName({ names }: Certificate, context: View): string | null {
  if (acceptsNames(context, names)) return null;
  return `it expects ${describeMatchers(nameMatchers(context))}, and the certificate names ${names.join(', ') || 'nobody'}`;
}

/** The certificate must be signed by one of the verifier's roots, where the dump holds them. */
function unknownIssuer(certificate: Certificate, { proxy, context }: Side): string | null {
  const name = validationName(context);
  const roots = name === null ? [] : certificatesOf(proxy, name);
  if (roots.length === 0) return null;
  const chain = certificatesOf(proxy, name ?? '').map(root => root.x509);
  const signed = chain.some(
    root => isSignedBy(certificate.x509, root) || root.fingerprint256 === certificate.x509.fingerprint256,
  );
  return signed || hasIntermediates(certificate)
    ? null
    : `its issuer (${oneLine(certificate.x509.issuer)}) is not among the roots in ${name}`;
}

/** With intermediates between leaf and root the leaf alone cannot be checked against the roots. */
function hasIntermediates(certificate: Certificate): boolean {
  const issuers = certificate.resource.view.path('tls_certificate', 'certificate_chain');
  const text = issuers?.string('inline_bytes') ?? '';
  return Buffer.from(text, 'base64').toString('latin1').split('BEGIN CERTIFICATE').length > 2;
}

/** Whether a root signed a certificate. */
const isSignedBy = oncePerPair((leaf: X509Certificate, root: X509Certificate): boolean => {
  try {
    return leaf.checkIssued(root) && leaf.verify(root.publicKey);
  } catch {
    return false;
  }
});

function outOfDate(certificate: Certificate, now: string | null): string | null {
  if (now === null) return null;
  const at = Date.parse(now);
  if (at > certificate.notAfter.getTime()) return `it expired at ${certificate.notAfter.toISOString()}`;
  return at < certificate.notBefore.getTime() ? `it is valid only from ${certificate.notBefore.toISOString()}` : null;
}

function describe(who: string, certificate: Certificate | null): string | null {
  if (certificate === null) return null;
  const until = certificate.notAfter.toISOString().replace(/\.\d+Z$/, 'Z');
  return `${who} ${certificate.names.join(', ') || '(no name)'}, issued by ${oneLine(certificate.x509.issuer)}, valid until ${until}`;
}

function oneLine(distinguishedName: string): string {
  return distinguishedName.replaceAll('\n', ', ');
}
