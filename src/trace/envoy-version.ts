import type { ProxyConfig } from '../model/proxy.js';

/** A version's first two numbers. */
type Version = readonly [major: number, minor: number];

/**
 * Whether a proxy is older than an Envoy version, told by the node's own version or, where the build names none, by Istio's
 * (each Istio release has one Envoy version). False where neither is known.
 */
export function isBefore(proxy: ProxyConfig, envoy: Version, istio: Version): boolean {
  return isOlder(proxy, envoy, istio) === true;
}

/** Whether a proxy has this Envoy version or a later one; false where its version is not known. */
export function isSince(proxy: ProxyConfig, envoy: Version, istio: Version): boolean {
  return isOlder(proxy, envoy, istio) === false;
}

function isOlder({ node }: ProxyConfig, envoy: Version, istio: Version): boolean | null {
  const own = versionOf(node?.envoyVersion);
  if (own !== null) return isLower(own, envoy);
  const ofIstio = versionOf(node?.istioVersion);
  return ofIstio === null ? null : isLower(ofIstio, istio);
}

function versionOf(text: string | null | undefined): Version | null {
  const match = /^(\d+)\.(\d+)/.exec(text ?? '');
  return match === null ? null : [Number(match[1]), Number(match[2])];
}

function isLower([major, minor]: Version, [limitMajor, limitMinor]: Version): boolean {
  return major < limitMajor || (major === limitMajor && minor < limitMinor);
}
