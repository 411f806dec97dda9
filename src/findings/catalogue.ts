import type { Reason } from '../trace/reasons.js';
import type { Outcome } from '../trace/result.js';
import type { FindingCode, Severity } from './codes.js';

/** What holds for every finding of a code. Its page (`FINDING_PAGES`) says more. */
export interface CatalogueEntry {
  /** Unless a rule says otherwise: what does no harm where it stands alone is told with less emphasis. */
  readonly severity: Severity;
  /** The problem in a few words, without a full stop. */
  readonly title: string;
  /** Ends of a trace that it explains; findings that explain the verdict at hand come first. */
  readonly explains: readonly (Reason | Outcome)[];
}

function error(title: string, ...explains: (Reason | Outcome)[]): CatalogueEntry {
  return { severity: 'error', title, explains };
}

function warning(title: string, ...explains: (Reason | Outcome)[]): CatalogueEntry {
  return { severity: 'warning', title, explains };
}

function info(title: string, ...explains: (Reason | Outcome)[]): CatalogueEntry {
  return { severity: 'info', title, explains };
}

export const CATALOGUE: Readonly<Record<FindingCode, CatalogueEntry>> = {
  'truncated-dump': warning('A document of the dump is cut off', 'missing_evidence'),
  'dump-without-endpoints': warning('The dump holds no endpoints', 'missing_evidence'),
  'partial-dump': warning('The saved configuration lacks some of its lists', 'missing_evidence'),
  'proxy-not-connected': error('istiod does not list the proxy'),
  'rejected-config': error(
    'Envoy rejected a configuration update',
    'no_cluster',
    'no_listener',
    'no_filter_chain',
    'no_route',
    'no_virtual_host',
    'no_healthy_upstream',
    'tls_error',
    'blackhole',
    'passthrough',
  ),
  'warming-resource': error(
    'A resource waits for something that has not come',
    'no_cluster',
    'no_listener',
    'no_filter_chain',
    'no_route',
    'no_virtual_host',
    'tls_error',
    'mtls_error',
    'blackhole',
    'passthrough',
  ),
  'stale-config': error(
    'Envoy runs an older configuration than istiod has',
    'no_cluster',
    'no_listener',
    'no_filter_chain',
    'no_route',
    'no_virtual_host',
    'no_healthy_upstream',
    'tls_error',
    'blackhole',
    'passthrough',
  ),
  'missing-route-table': error('A listener names a route table that Envoy does not have', 'no_route'),
  'missing-subset': error('A route names a subset that no DestinationRule defines', 'no_cluster'),
  'sidecar-scope-missing-host': error(
    'The Sidecar resource keeps a host out of this proxy',
    'no_cluster',
    'no_route',
    'no_virtual_host',
    'direct_response',
    'blackhole',
    'passthrough',
  ),
  'cluster-not-found': error('A route names a cluster that does not exist', 'no_cluster'),
  'no-endpoints': error('A service has no endpoints', 'no_healthy_upstream'),
  'ejected-endpoints': warning('Outlier detection ejected endpoints', 'no_healthy_upstream'),
  'no-healthy-endpoints': error('A service has endpoints and none is healthy', 'no_healthy_upstream'),
  'mtls-mismatch': error(
    'Client and server do not agree on mutual TLS',
    'no_filter_chain',
    'tls_error',
    'mtls_error',
    'protocol_error',
  ),
  'certificate-expired': error('A certificate has expired', 'tls_error', 'mtls_error'),
  'san-mismatch': error('The server’s certificate does not name what the client expects', 'tls_error', 'mtls_error'),
  'passthrough-tls-to-http-port': warning(
    'TLS is sent to a plain HTTP port',
    'passthrough',
    'blackhole',
    'no_filter_chain',
    'protocol_error',
  ),
  'http-to-tls-port': error(
    'Plain HTTP is sent to a TLS port',
    'no_filter_chain',
    'tls_error',
    'protocol_error',
    'passthrough',
    'blackhole',
  ),
  'jwt-required': error('The request needs a token that it does not carry', 'jwt_denied', 'rbac_denied'),
  'rbac-allow-nothing': info('An authorization policy allows nothing', 'rbac_denied'),
  'rbac-denies': error('An authorization policy denies the request', 'rbac_denied'),
  'fault-injected': info('A VirtualService injects faults', 'fault_abort'),
  'redirect-loop': error('A redirect leads back to itself', 'redirect', 'tls_required'),
  'virtualservice-host-not-in-gateway': error(
    'The gateway serves no VirtualService for this host',
    'no_listener',
    'no_route',
    'no_virtual_host',
    'no_filter_chain',
  ),
  'domain-port-mismatch': warning(
    'The port in the Host header is not the port of the service',
    'no_route',
    'no_virtual_host',
    'direct_response',
    'passthrough',
    'blackhole',
  ),
  'duplicate-domain': error('Two virtual hosts of one route table have the same domain', 'no_route'),
  'duplicate-chain-match': error('Two filter chains of one listener match the same', 'missing_evidence'),
  'shadowed-chain': warning('A filter chain can never be chosen', 'no_filter_chain'),
  'host-not-in-registry': warning(
    'The mesh does not know the host',
    'no_route',
    'no_virtual_host',
    'direct_response',
    'passthrough',
    'blackhole',
  ),
  'headless-service-pod-ip': info('A pod is called by its own address', 'passthrough', 'blackhole'),
  'egress-blackhole': error('The mesh drops what it does not know', 'blackhole', 'direct_response', 'no_route'),
  'egress-passthrough': info('The request leaves the mesh’s rules', 'passthrough'),
  'no-route-matches': error('No route of the virtual host matches the request', 'no_route'),
  'prefix-swallows-sibling': warning('A prefix without a closing slash takes more than its own paths'),
  'shadowed-route': warning('A route can never match, an earlier one takes its requests'),
  'port-name-tcp': warning('HTTP is treated as opaque TCP'),
  'protocol-conflict-port': warning('Services of different protocols share one port', 'passthrough', 'blackhole'),
  'target-port-unserved': warning('A service sends to a port that its container does not declare'),
  'gateway-host-conflict': warning('Several Gateways or VirtualServices claim the same host'),
  'regex-not-re2': error('A regular expression is not RE2', 'missing_evidence'),
  'mirror-target-missing': warning('A mirror’s target does not exist or has no endpoints'),
  'weights-do-not-sum': warning('The weights of a route do not add up'),
  'timeout-shorter-than-retries': warning('The timeout ends before the retries can run'),
  'retry-amplification': warning('Retries multiply the load on a failing service'),
  'panic-mode': warning('Too few endpoints are healthy, so health is ignored'),
  'certificate-expires-soon': warning('A certificate expires soon'),
  'rbac-shadow-would-deny': info('A dry-run authorization policy would deny the request'),
  'external-name-service': info('A service is an alias for a host outside'),
  'version-skew': warning('Proxies run versions that are too far apart'),
  'envoyfilter-present': info('A filter is here that Istio does not set by itself'),
  'unsupported-extension': info('An extension decides what configuration alone does not tell'),
};
