import { isSecretName } from '../match/secret.js';
import { quote } from '../trace/evidence.js';
import { requestTarget } from './request-target.js';

/**
 * The command that traces a request again, for a POSIX shell: from a result's `request` and its proxy. Values of headers that may carry secrets
 * are left for the reader to fill in.
 */
export function traceCommand(proxy: string, request: Readonly<Record<string, unknown>>): string {
  const { direction, tls, sni, path, method, headers, from, random, protocol } = request;
  const isHttp = protocol !== 'tcp';
  const { to, host } = requestTarget(request);
  const options: (readonly [string, unknown])[] = [
    ['--to', to],
    ['--direction', direction === 'outbound' ? null : direction],
    ['--protocol', protocol === 'http' ? null : protocol],
    ['--tls', tls === 'plaintext' ? null : tls],
    ['--sni', tls === 'plaintext' ? null : (sni ?? '')],
    ['--host', isHttp ? host : null],
    ['--method', isHttp && method !== 'GET' ? method : null],
    ['--path', isHttp && path !== '/' ? path : null],
    ...(isHttp ? headerOptions(headers) : []),
    ...fromOptions(from, direction),
    ['--random', random],
  ];
  const words = options.flatMap(([name, value]) =>
    value === null || value === undefined ? [] : [name, quote(String(value)) || "''"],
  );
  return ['mesh-trace', quote(proxy), ...words].join(' ');
}

function headerOptions(headers: unknown): (readonly [string, string])[] {
  return Object.entries((headers as Record<string, string | string[]>) ?? {}).flatMap(([name, values]) =>
    [values].flat().map(value => ['-H', `${name}: ${isSecretName(name) ? '…' : value}`] as const),
  );
}

/** An outbound request comes from the pod itself, which need not be said. */
function fromOptions(from: unknown, direction: unknown): (readonly [string, unknown])[] {
  const { ip, principal, namespace } = (from as Record<string, unknown>) ?? {};
  const isOwn = direction === 'outbound';
  return [
    ['--from-ip', isOwn ? null : ip],
    ['--principal', principal],
    ['--from-namespace', principal === undefined ? namespace : null],
  ];
}
