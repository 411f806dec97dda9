import { splitSocket } from '../../model/address.js';
import { clusterKind } from '../../model/cluster-kind.js';
import { hostsOf } from '../../model/hosts.js';
import type { ProxyConfig } from '../../model/proxy.js';
import { proxyAt } from '../../model/proxy-at.js';
import type { Resource } from '../../model/resource.js';
import { isWaypoint } from '../../model/waypoint.js';
import { evidenceOf } from '../../trace/evidence.js';
import type { Tls } from '../../trace/request.js';
import { socketFor } from '../../trace/upstream-socket.js';
import { clustersOfHost } from '../clusters.js';
import { type Draft, describeObject } from '../finding.js';
import { edit, listAll } from '../kubectl.js';
import { bareEndpoint } from '../no-sidecar.js';
import { originOf, serviceOfCluster, UNKNOWN_NAME } from '../provenance.js';
import type { Rule, Scope, TraceScope } from '../rule.js';
import { lacksCertificate, refusalOf, TLS_REASONS } from '../server-accepts.js';
import { serviceParts } from '../service-cluster.js';

/**
 * The client’s proxy and the server’s disagree: plaintext to a port that demands mutual TLS, or TLS to one that takes plaintext only.
 * https://istio.io/latest/docs/concepts/security/#peer-authentication,
 * https://istio.io/latest/docs/ops/configuration/traffic-management/tls-configuration/
 */
export const mtlsMismatch: Rule = {
  code: 'mtls-mismatch',
  cluster: (cluster, scope) => towardsBare(cluster, scope),
  proxy: scope => scope.proxy.active('cluster').flatMap(cluster => betweenProxies(cluster, scope)),
  trace: trace =>
    trace.isPeer ? [] : trace.result.request.direction === 'inbound' ? atServer(trace) : onTheWay(trace),
};

/** Mutual TLS to a pod without a sidecar, which no proxy of the snapshot shows. */
function towardsBare(cluster: Resource, scope: Scope): Draft[] {
  const service = serviceOfCluster(cluster);
  const bare = service.kind === 'Service' ? bareEndpoint(cluster, scope) : null;
  if (bare === null) return [];
  const rule = originOf(cluster.view);
  const sender = rule === null ? `Cluster ${cluster.name ?? ''}` : describeObject(rule);
  return [
    {
      resource: rule ?? service,
      evidence: [evidenceOf(cluster, bare.pointer)],
      why: `${sender} sends the mesh’s mutual TLS to ${bare.address}, and Istio knows no sidecar there that takes it (the endpoint lacks tlsMode istio): an application by itself refuses the handshake, and the client gets 503 UF.`,
      remedy: `${rule === null ? '' : `Take \`tls.mode\` out of ${describeObject(rule)}, so that Istio decides by endpoint, or set DISABLE (${edit(rule)}). `}Else give the pods a sidecar: those with the label security.istio.io/tlsMode=istio have one (\`kubectl get pods -n ${service.namespace ?? 'NAMESPACE'} --show-labels\`).`,
    },
  ];
}

/** Without a request: each endpoint of a cluster whose proxy is in the snapshot. */
function betweenProxies(cluster: Resource, scope: Scope): Draft[] {
  const mismatch = mismatchOf(cluster, scope);
  if (mismatch === null) return [];
  const draft = draftOf(
    cluster,
    mismatch.server,
    mismatch.mode,
    mismatch.refusal,
    evidenceOf(cluster, mismatch.pointer),
  );
  return [otherPortsAgree(cluster, scope) ? { ...draft, severity: 'info' } : draft];
}

interface Mismatch {
  readonly server: ProxyConfig;
  readonly mode: Tls;
  readonly refusal: string;
  readonly pointer: string;
}

/** An exception for one port of a service, as for metrics, is usually meant for callers outside the mesh. */
function otherPortsAgree(cluster: Resource, scope: Scope): boolean {
  const own = serviceParts(cluster);
  if (own === null) return false;
  return clustersOfHost(scope.proxy, own.host)
    .filter(({ port, subset }) => port !== own.port && subset === own.subset)
    .some(other => mismatchOf(other.cluster, scope) === null);
}

function mismatchOf(cluster: Resource, scope: Scope): Mismatch | null {
  if (serviceParts(cluster) === null || clusterKind(cluster.view) !== 'eds') return null;
  for (const host of hostsOf(scope.proxy, cluster).hosts) {
    const server = proxyAt(scope.snapshot.proxies, host.address, scope.proxy);
    if (server === null || server === scope.proxy || server.node?.type !== 'sidecar' || lacksCertificate(server))
      continue;
    const { mode, pointer } = socketFor(cluster.view, host);
    const { ip, port } = splitSocket(host.address);
    if (port === undefined || !isTls(mode)) continue;
    const refusal = refusalOf(server, ip, port, mode);
    if (refusal !== null) return { server, mode, refusal, pointer };
  }
  return null;
}

/** The request at hand, refused by the proxy behind. */
function onTheWay({ peer, touched }: TraceScope): Draft[] {
  if (
    peer === null ||
    lacksCertificate(peer.proxy) ||
    peer.result.outcome !== 'closed' ||
    !TLS_REASONS.has(peer.result.reason)
  )
    return [];
  const [cluster] = touched.clusters;
  const mode = String(peer.result.request.tls);
  if (cluster === undefined || !isTls(mode)) return [];
  const refusal = peer.result.steps.findLast(({ status }) => status === 'rejected')?.why ?? '';
  return [draftOf(cluster, peer.proxy, mode, refusal, evidenceOf(cluster))];
}

/** A request to the server’s own proxy, whose client nobody shows. Inside a waypoint’s tunnel TLS is no matter of policies. */
function atServer({ result, proxy, touched }: TraceScope): Draft[] {
  const isRefused = result.outcome === 'closed' && TLS_REASONS.has(result.reason) && !lacksCertificate(proxy);
  if (!isRefused || touched.listener === null || isWaypoint(proxy)) return [];
  const isPlain = result.request.tls === 'plaintext';
  const namespace = proxy.node?.namespace ?? null;
  return [
    {
      resource: { kind: 'PeerAuthentication', namespace, name: UNKNOWN_NAME },
      evidence: [evidenceOf(touched.listener)],
      why: `${proxy.name} takes ${isPlain ? 'mutual TLS only (PeerAuthentication STRICT)' : 'no such TLS'} on port ${String(result.request.port)}, and the client sends ${wordOf(String(result.request.tls))}: the proxy closes the connection.`,
      remedy: isPlain
        ? `Let the client send mutual TLS: give it a sidecar, or take away the DestinationRule that switches TLS off. Where plaintext is meant, set PERMISSIVE for the port in the policy of the server’s or the control plane’s namespace (${listAll('PeerAuthentication', namespace)}).`
        : `Let client and server agree: the DestinationRule’s \`tls.mode\` decides for the client, a PeerAuthentication for the server (${listAll('PeerAuthentication', namespace)}).`,
    },
  ];
}

function draftOf(
  cluster: Resource,
  server: ProxyConfig,
  mode: Tls,
  refusal: string,
  evidence: Draft['evidence'][number],
): Draft {
  const rule = originOf(cluster.view);
  const namespace = server.node?.namespace ?? null;
  const authentication = { kind: 'PeerAuthentication', namespace, name: UNKNOWN_NAME };
  const sends = `sends ${wordOf(mode)} to ${server.name}`;
  const by =
    rule === null
      ? `The client’s cluster ${cluster.name ?? ''}`
      : `${describeObject(rule)} (cluster ${cluster.name ?? ''})`;
  return {
    resource: rule ?? authentication,
    evidence: [evidence],
    why: `${by} ${sends}, and the proxy there refuses it: ${refusal}. The client gets 503 (UC or UF).`,
    remedy:
      rule === null
        ? `${mode === 'plaintext' ? 'The client’s Envoy sends plaintext where the endpoint is not known to have a proxy: see that the pod has the label security.istio.io/tlsMode=istio. ' : ''}Let both sides agree; for the server a policy in its or the control plane’s namespace decides (${listAll('PeerAuthentication', namespace)}).`
        : mode === 'plaintext'
          ? `Take \`tls.mode: DISABLE\` out of ${describeObject(rule)}, or set ISTIO_MUTUAL (${edit(rule)}); else allow plaintext at the server (${listAll('PeerAuthentication', namespace)}).`
          : `Set \`tls.mode\` of ${describeObject(rule)} to what the server takes (${edit(rule)}), or change the server’s (${listAll('PeerAuthentication', namespace)}).`,
  };
}

function isTls(mode: string): mode is Tls {
  return mode === 'plaintext' || mode === 'tls' || mode === 'mtls';
}

function wordOf(mode: string): string {
  return { plaintext: 'plaintext', tls: 'TLS without a client certificate', mtls: 'mutual TLS' }[mode] ?? mode;
}
