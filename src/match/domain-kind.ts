import { asciiLower } from './ascii.js';

/** How a domain of a virtual host matches: `a.b`, `*.b` or `*-b`, `a.*`, `*`. */
export type DomainKind = 'exact' | 'suffix' | 'prefix' | 'any';

/** Tells what kind of domain a text is, and the fixed part that a host is compared with, in lower case. */
export function readDomain(domain: string): { readonly kind: DomainKind; readonly fixed: string } {
  const lower = asciiLower(domain);
  if (lower === '*') return { kind: 'any', fixed: '' };
  if (lower.startsWith('*')) return { kind: 'suffix', fixed: lower.slice(1) };
  if (lower.endsWith('*')) return { kind: 'prefix', fixed: lower.slice(0, -1) };
  return { kind: 'exact', fixed: lower };
}

/**
 * Whether a domain takes a host in lower case; a wildcard stands for at least one character.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/route/v3/route_components.proto#config-route-v3-virtualhost (`domains`)
 */
export function takes(kind: DomainKind, fixed: string, host: string): boolean {
  if (kind === 'exact') return fixed === host;
  if (kind === 'any') return true;
  return fixed.length < host.length && (kind === 'suffix' ? host.endsWith(fixed) : host.startsWith(fixed));
}
