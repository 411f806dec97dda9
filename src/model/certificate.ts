import { X509Certificate } from 'node:crypto';
import { oncePer, oncePerMessage } from './once.js';
import type { ProxyConfig } from './proxy.js';
import type { Resource } from './resource.js';
import type { View } from './view.js';

/** A certificate of a proxy's secrets section. */
export interface Certificate {
  /** Name of the SDS secret. */
  readonly secret: string;
  readonly x509: X509Certificate;
  /** URI and DNS subject alternative names, in the certificate's order. */
  readonly names: readonly string[];
  readonly uriNames: readonly string[];
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly resource: Resource;
  readonly pointer: string;
}

/** The certificates of a serving secret, leaf first: its own chain, or the roots of a validation context. Empty where it holds none. */
export function certificatesOf(proxy: ProxyConfig, secret: string): readonly Certificate[] {
  const resource = proxy.find('secret', secret);
  return resource === undefined ? [] : certificatesIn(resource);
}

/** The certificates of a secret resource; what is not a certificate is left out. */
export const certificatesIn = oncePer((resource: Resource): readonly Certificate[] =>
  readCertificates(resource.view).map(read => ({ ...read, secret: resource.name ?? '', resource })),
);

/** The identity that a proxy's own certificate proves: its first URI name (a SPIFFE id); null where no certificate is at hand. */
export function identityOf(proxy: ProxyConfig, secret = 'default'): string | null {
  return certificatesOf(proxy, secret)[0]?.uriNames[0] ?? null;
}

type ReadCertificate = Omit<Certificate, 'secret' | 'resource'>;

/** Proxies of one mesh trust the same roots, which are long to read. */
const readCertificates = oncePerMessage((secret: View): readonly ReadCertificate[] => {
  const chain = secret.path('tls_certificate', 'certificate_chain');
  const roots = secret.path('validation_context', 'trusted_ca');
  const sources = [chain, roots].filter(source => source !== undefined);
  return sources.flatMap(source => readPem(source).map(x509 => certificate(source, x509)));
});

/** `inline_bytes` is Base64 of PEM, `inline_string` PEM itself; a file is not in a dump. */
function readPem(source: View): X509Certificate[] {
  const bytes = source.string('inline_bytes');
  const text =
    bytes === undefined ? (source.string('inline_string') ?? '') : Buffer.from(bytes, 'base64').toString('latin1');
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
  return blocks.flatMap(block => {
    try {
      return [new X509Certificate(block)];
    } catch {
      return [];
    }
  });
}

function certificate({ pointer }: View, x509: X509Certificate): ReadCertificate {
  const names = (x509.subjectAltName ?? '').split(', ').filter(name => name !== '');
  const uriNames = names.filter(name => name.startsWith('URI:')).map(name => name.slice(4));
  return {
    x509,
    names: names.map(name => name.replace(/^(URI|DNS|IP Address):/, '')),
    uriNames,
    notBefore: new Date(x509.validFrom),
    notAfter: new Date(x509.validTo),
    pointer,
  };
}
