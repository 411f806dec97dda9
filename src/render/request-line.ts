import { formatSocket } from '../model/address.js';
import { isSecretName } from '../model/redact/secret-header.js';
import { withoutSecretText } from '../model/redact/secret-text.js';

/** A request as people write it: `GET http://reviews:8888/ with end-user: jason`, `TCP 10.0.0.1:3306`. */
export function describeRequest(request: Record<string, unknown>): string {
  const line = request.protocol === 'tcp' ? tcpLine(request) : httpLine(request);
  return request.direction === 'outbound' ? line : `${line} (${String(request.direction)})`;
}

function tcpLine({ ip, port, tls, sni }: Record<string, unknown>): string {
  const destination = ip === null ? `port ${String(port)}` : formatSocket(String(ip), Number(port));
  if (tls === 'plaintext') return `TCP ${destination}`;
  return `TCP ${destination} with ${String(tls)}${sni === null ? '' : `, SNI ${String(sni)}`}`;
}

function httpLine({ protocol, method, tls, host, path, headers }: Record<string, unknown>): string {
  const scheme = tls === 'plaintext' ? 'http' : 'https';
  const shown = Object.entries((headers as Record<string, unknown>) ?? {})
    .filter(([name]) => protocol !== 'grpc' || name !== 'content-type')
    .map(([name, value]) => `${name}: ${isSecretName(name) ? '(hidden)' : String(value)}`);
  const form = protocol === 'http' ? '' : `${String(protocol)} `;
  const sent = shown.length === 0 ? '' : ` with ${shown.join(', ')}`;
  return `${form}${String(method)} ${scheme}://${String(host ?? '')}${withoutSecretText(String(path))}${sent}`;
}
