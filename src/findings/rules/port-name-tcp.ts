import type { ProxyConfig } from '../../model/proxy.js';
import { clusterParts } from '../../model/services.js';
import { evidenceOf } from '../../trace/evidence.js';
import { portsOfHost } from '../clusters.js';
import { type Draft, describeObject } from '../finding.js';
import { type HttpRules, httpRulesFor } from '../http-rules.js';
import { edit } from '../kubectl.js';
import { serviceOf } from '../provenance.js';
import { clustersOfChain } from '../route-clusters.js';
import type { Rule } from '../rule.js';
import type { ChainSubject } from '../subjects.js';

/**
 * HTTP to a service port that Istio takes for TCP, by its name or for want of one: no HTTP route, retry or per-request balancing applies.
 * https://istio.io/latest/docs/ops/configuration/traffic-management/protocol-selection/
 */
export const portNameTcp: Rule = {
  code: 'port-name-tcp',
  chain: (chain, { proxy }) => {
    const service = serviceBehind(chain);
    const rules = service === null ? null : unusedRules(proxy, service.host);
    return service === null || rules === null ? [] : [draftOf(proxy, chain, service, rules)];
  },
  trace: ({ result, touched, proxy }) => {
    const { request, outcome } = result;
    const isHttp = request.protocol !== 'tcp' && request.tls === 'plaintext' && request.direction === 'outbound';
    if (!isHttp || outcome !== 'forwarded' || touched.chain === null || touched.table !== null) return [];
    const service = serviceBehind(touched.chain);
    if (service === null || unusedRules(proxy, service.host) !== null) return [];
    return [draftOf(proxy, touched.chain, service, null)];
  },
};

interface Service {
  readonly host: string;
  readonly port: number;
}

/** The service that a chain’s TCP proxy sends to. */
function serviceBehind({ chain }: ChainSubject): Service | null {
  const parts = clustersOfChain(chain).map(({ name }) => clusterParts(name));
  return parts.find(found => found?.direction === 'outbound') ?? null;
}

/** A VirtualService with HTTP routes for a service that has no port where they could count. */
function unusedRules(proxy: ProxyConfig, host: string): HttpRules | null {
  if (proxy.node?.type !== 'sidecar') return null;
  const rules = httpRulesFor(proxy, host);
  const ports = portsOfHost(proxy, host);
  return rules === null || rules.ports.some(port => ports.includes(port)) ? null : rules;
}

function draftOf(
  proxy: ProxyConfig,
  { listener, chain }: ChainSubject,
  { host, port }: Service,
  rules: HttpRules | null,
): Draft {
  const service = serviceOf(proxy, host);
  const effect =
    rules === null
      ? 'HTTP on it is passed on byte by byte: no HTTP route, retry, timeout or balancing of single requests.'
      : `HTTP on it is passed on byte by byte, and the HTTP routes of ${describeObject(rules.virtualService)} have no effect.`;
  return {
    severity: rules === null ? 'info' : 'warning',
    resource: service,
    evidence: [evidenceOf(listener, chain.pointer)],
    why: `Istio treats port ${port} of ${describeObject(service)} as opaque TCP: its name does not begin with http, http2 or grpc, and it has no appProtocol. ${effect}`,
    remedy: `Where it speaks HTTP, name the port \`http-…\` or set \`appProtocol: http\` (${edit(service)}). Where it does not, send it as TCP (\`--protocol tcp\`).`,
  };
}
