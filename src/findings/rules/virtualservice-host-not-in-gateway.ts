import { stripPort } from '../../match/authority.js';
import { boundPorts } from '../../model/listeners.js';
import type { Resource } from '../../model/resource.js';
import type { View } from '../../model/view.js';
import { evidenceOf, istioctl } from '../../trace/evidence.js';
import { autoPassthroughDraft } from '../auto-passthrough.js';
import type { Draft, ObjectRef } from '../finding.js';
import { describeObject } from '../finding.js';
import { hostsServed, isPlaceholder, serversOf } from '../gateway-hosts.js';
import { listAll, show } from '../kubectl.js';
import { UNKNOWN_NAME } from '../provenance.js';
import type { Rule, TraceScope } from '../rule.js';
import { tablesIn } from '../subjects-in.js';
import { list } from '../words.js';

/**
 * A host at a gateway that no route is for. Istio binds a VirtualService to a Gateway for the hosts that both name; the others it drops.
 * https://istio.io/latest/docs/reference/config/networking/gateway/
 */
export const virtualserviceHostNotInGateway: Rule = {
  code: 'virtualservice-host-not-in-gateway',
  proxy: ({ proxy }) =>
    proxy.node?.type === 'router'
      ? tablesIn(proxy).flatMap(({ table, resource }) => withoutHosts(table, resource))
      : [],
  trace: trace => {
    const { result, proxy } = trace;
    if (result.request.direction !== 'gateway' || proxy.node?.type !== 'router') return [];
    if (result.reason === 'no_listener') return portDrafts(trace);
    const host = stripPort(String(result.request.sni ?? result.request.host ?? ''));
    return isUnserved(trace) ? [autoPassthroughDraft(result, trace.touched.listener) ?? draftOf(trace, host)] : [];
  },
};

/** A port that no server of a Gateway opened; nothing where a listener for it is there and does not serve, which has a finding of its own. */
function portDrafts({ proxy, result }: TraceScope): Draft[] {
  const at = result.steps.find(({ hop }) => hop === 'listener');
  if (at?.candidates.some(({ criterion }) => criterion === 'state') === true) return [];
  const { port } = result.request;
  const own = proxy.node?.namespace ?? null;
  return [
    {
      resource: { kind: 'Gateway', namespace: null, name: UNKNOWN_NAME },
      evidence: [],
      why: `Nothing of the gateway listens on port ${port}: no server of a Gateway that selects it opens this port. It listens on ${list(boundPorts(proxy).map(String), 20)}. Clients call a port of the gateway’s Service, which sends to one of these by its targetPort.`,
      remedy: `Call a port that leads to one of these, or add a server for it to the Gateway’s \`servers\` (${listAll('Gateway', null)}) and the port to the Service (${listAll('Service', own)}). See what listens (\`${istioctl.allListeners(proxy.name)}\`).`,
    },
  ];
}

/** A port of a gateway that no VirtualService is bound to; where that is meant, it does no harm. */
function withoutHosts(table: View, resource: Resource): Draft[] {
  const hosts = table.list('virtual_hosts');
  if (hosts.length === 0 || !hosts.every(isPlaceholder)) return [];
  return [
    {
      severity: 'info',
      resource: { kind: 'VirtualService', namespace: null, name: UNKNOWN_NAME },
      evidence: [evidenceOf(resource, table.at('virtual_hosts'))],
      why: `Route table ${table.string('name') ?? ''} of the gateway has no host: no VirtualService is bound to a server of this port, and every request ends in 404.`,
      remedy: `Where one should be, compare its \`hosts\` and \`gateways\` with the Gateway (${listAll('VirtualService', null)}, ${listAll('Gateway', null)}).`,
    },
  ];
}

/** No virtual host, only Istio’s placeholder, or no TLS server for the name. */
function isUnserved({ result, touched }: TraceScope): boolean {
  if (result.reason === 'no_virtual_host') return true;
  if (result.reason === 'no_route')
    return touched.virtualHost !== null && isPlaceholder(touched.virtualHost.virtualHost);
  return result.reason === 'no_filter_chain' && result.request.tls !== 'plaintext' && result.request.sni !== null;
}

function draftOf({ proxy, touched, result }: TraceScope, host: string): Draft {
  const { table, virtualHost, listener } = touched;
  const gateways = new Map(serversOf(proxy).map(({ gateway }) => [describeObject(gateway), gateway]));
  const [only] = gateways.size === 1 ? [...gateways.values()] : [];
  const resource: ObjectRef = only ?? { kind: 'VirtualService', namespace: null, name: UNKNOWN_NAME };
  const served = hostsServed(proxy);
  const evidence =
    virtualHost !== null
      ? [evidenceOf(virtualHost.resource, virtualHost.virtualHost.pointer)]
      : table !== null
        ? [evidenceOf(table.resource, table.table.pointer)]
        : listener === null
          ? []
          : [evidenceOf(listener)];
  const where = String(result.request.port);
  const known =
    served.length === 0
      ? 'It has no host at all'
      : served.includes(host)
        ? 'It has the host on another port only'
        : `It serves ${list(served)}`;
  return {
    resource,
    evidence,
    why: `The gateway has no route for ${host} on port ${where}. ${known}. A VirtualService counts at a gateway only where one of its hosts is also among the hosts of a server of the Gateway that it names.`,
    remedy: `Compare \`hosts\` of the VirtualService with \`servers[].hosts\` of the Gateway${only === undefined ? '' : ` (${show(only)})`}, and the VirtualService’s \`gateways\` with its name and namespace (${listAll('VirtualService', null)}, ${listAll('Gateway', null)}).`,
  };
}
