import type { ProxyConfig } from '../model/proxy.js';

/** A version's first two numbers. */
type Version = readonly [major: number, minor: number];

/**
 * Whether a proxy is older than an Envoy version, told by the node's own version or, where the build names none, by Istio's
 * (each Istio release has one Envoy version). False where neither is known.
 */
export function isBefore({ node }: ProxyConfig, envoy: Version, istio: Version): boolean {
  const own = versionOf(node?.envoyVersion);
  if (own !== null) return isLower(own, envoy);
  const ofIstio = versionOf(node?.istioVersion);
  return ofIstio !== null && isLower(ofIstio, istio);
}

function versionOf(text: string | null | undefined): Version | null {
  const match = /^(\d+)\.(\d+)/.exec(text ?? '');
  return match === null ? null : [Number(match[1]), Number(match[2])];
}

function isLower([major, minor]: Version, [limitMajor, limitMinor]: Version): boolean {
  return major < limitMajor || (major === limitMajor && minor < limitMinor);
}
