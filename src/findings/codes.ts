/**
 * Every finding, causes before symptoms: of two findings that explain the same verdict the one that stands first here is shown first.
 * A code never changes its meaning; what is no longer found keeps its place.
 */
export const FINDING_CODES = [
  'truncated-dump',
  'dump-without-endpoints',
  'partial-dump',
  'proxy-not-connected',
  'rejected-config',
  'warming-resource',
  'stale-config',
  'missing-route-table',
  'missing-subset',
  'sidecar-scope-missing-host',
  'cluster-not-found',
  'no-endpoints',
  'ejected-endpoints',
  'no-healthy-endpoints',
  'mtls-mismatch',
  'certificate-expired',
  'san-mismatch',
  'passthrough-tls-to-http-port',
  'http-to-tls-port',
  'jwt-required',
  'rbac-allow-nothing',
  'rbac-denies',
  'fault-injected',
  'redirect-loop',
  'virtualservice-host-not-in-gateway',
  'domain-port-mismatch',
  'duplicate-domain',
  'duplicate-chain-match',
  'shadowed-chain',
  'host-not-in-registry',
  'headless-service-pod-ip',
  'egress-blackhole',
  'egress-passthrough',
  'no-route-matches',
  'gateway-host-conflict',
  'prefix-swallows-sibling',
  'shadowed-route',
  'port-name-tcp',
  'protocol-conflict-port',
  'target-port-unserved',
  'regex-not-re2',
  'mirror-target-missing',
  'weights-do-not-sum',
  'timeout-shorter-than-retries',
  'retry-amplification',
  'panic-mode',
  'certificate-expires-soon',
  'rbac-shadow-would-deny',
  'external-name-service',
  'version-skew',
  'envoyfilter-present',
  'unsupported-extension',
] as const;

export type FindingCode = (typeof FINDING_CODES)[number];

export type Severity = 'error' | 'warning' | 'info';

/** From the gravest. */
export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];

/** Whether a severity is as grave as another one, or graver. */
export function isAtLeast(severity: Severity, limit: Severity): boolean {
  return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(limit);
}
