import { certificatesOf } from '../model/certificate.js';
import type { ProxyConfig } from '../model/proxy.js';
import { certificateNames } from '../model/transport-socket.js';
import type { View } from '../model/view.js';

/**
 * One line on a TLS context's own certificates: the SDS names and, where the dump holds the certificate, whom it names and until when it
 * is valid. `now` is an RFC 3339 time; null leaves out whether it has expired. Empty where the context has none.
 */
export function ownCertificates(proxy: ProxyConfig, context: View, now: string | null): string[] {
  return certificateNames(context).map(name => `certificate: ${name}${describe(proxy, name, now)}`);
}

function describe(proxy: ProxyConfig, secret: string, now: string | null): string {
  const [leaf] = certificatesOf(proxy, secret);
  if (leaf === undefined) return '';
  const until = leaf.notAfter.toISOString().replace(/\.\d+Z$/, 'Z');
  const isOver = now !== null && Date.parse(now) > leaf.notAfter.getTime();
  return ` (names ${leaf.names.join(', ') || 'nobody'}, ${isOver ? 'expired at' : 'valid until'} ${until})`;
}
