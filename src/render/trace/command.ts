import { isSecretName } from '../../model/redact/secret-header.js';
import { withoutSecretText } from '../../model/redact/secret-text.js';
import { quote } from '../../trace/evidence.js';
import type { TraceRequest } from '../../trace/request.js';

/**
 * The command that traces a request again, for a POSIX shell. Values of headers and query parameters that may carry secrets, and claims, are
 * left for the reader to fill in.
 */
export function traceCommand(proxy: string, request: TraceRequest): string {
  const { to, ip, port, direction, protocol, tls, sni, alpn, host, method, path, headers, claims, from, random } =
    request;
  const options: (readonly [string, string | number | undefined])[] = [
    ['--to', to ?? `${ip?.includes(':') === true ? `[${ip}]` : ip}:${port}`],
    ['--direction', direction === 'outbound' ? undefined : direction],
    ['--protocol', protocol === 'http' ? undefined : protocol],
    ['--tls', tls === 'plaintext' ? undefined : tls],
    ['--sni', sni],
    ['--alpn', alpn?.join(',')],
    ['--host', host],
    ['--method', method === 'GET' ? undefined : method],
    ['--path', path === undefined || path === '/' ? undefined : withoutSecretText(path)],
    ...headerOptions(headers ?? {}),
    ...Object.keys(claims ?? {}).map(name => ['--claim', `${name}=…`] as const),
    ['--from-ip', from?.ip],
    ['--principal', from?.principal],
    ['--from-namespace', from?.namespace],
    ['--random', random],
  ];
  const words = options.flatMap(([name, value]) => (value === undefined ? [] : [name, quote(String(value))]));
  return ['mesh-trace', quote(proxy), ...words].join(' ');
}

/** Options that send headers, `-H` and its value each; values that may be secrets are left for the reader to fill in. */
export function headerOptions(headers: NonNullable<TraceRequest['headers']>): (readonly [string, string])[] {
  return Object.entries(headers).flatMap(([name, values]) =>
    [values].flat().map(value => ['-H', `${name}: ${isSecretName(name) ? '…' : value}`] as const),
  );
}
