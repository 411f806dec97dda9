import { clusterType } from '../model/cluster-kind.js';
import { oncePer, oncePerPair } from '../model/once.js';
import type { ProxyConfig } from '../model/proxy.js';
import { proxyAt } from '../model/proxy-at.js';
import { transportSocketOf } from '../model/transport-socket.js';
import type { View } from '../model/view.js';
import { isWaypoint } from '../model/waypoint.js';
import type { Branch, Leg } from './branch.js';
import { handshake } from './handshake.js';
import { type PeerRequest, peerRequest } from './peer-request.js';
import { endingOf } from './reasons.js';
import type { TraceRequest } from './request.js';
import type { Endpoint, Step, TraceResult } from './result.js';
import type { TraceSettings } from './settings.js';
import type { End, Tracing } from './tracing.js';
import { nameEndpoints } from './workload-names.js';

/** Traces the next proxy; handed in, so that this file does not depend on the walk. */
export type TracePeer = (peer: ProxyConfig, request: TraceRequest, settings: TraceSettings) => TraceResult;

/** More proxies than this in a row are a loop that no configuration means. */
const MAX_LEGS = 8;

/**
 * Follows a branch into the proxies behind its endpoints: one branch for each of them that ends otherwise, with its share.
 * A branch that does not reach an endpoint, or whose other side is not at hand, stays as it is.
 */
export function followPeers(branch: Branch, settings: TraceSettings, tracePeer: TracePeer): Branch[] {
  const { trace } = branch;
  const reached = trace.end?.outcome === 'forwarded' || trace.end?.outcome === 'passthrough';
  const isLast = trace.request.direction === 'inbound' && !isWaypoint(trace.proxy);
  if (!reached || isLast || settings.proxies === undefined) return [branch];
  const legs = new Map<string, Endings>();
  const behind = proxiesBehind(trace.proxy)(settings.proxies, trace.endpoints);
  for (const [i, { address, share }] of trace.endpoints.entries()) {
    if (share === 0) continue;
    const { waypoint = null, destination = null } = trace.tunnels[i] ?? {};
    const peer =
      settings.peer ?? (waypoint === null ? behind[i] : proxyAt(settings.proxies, waypoint, trace.proxy)) ?? null;
    const at = peer !== null && isWaypoint(peer) ? (destination ?? address) : address;
    const leg = peer === null ? undefined : legOf(trace, at, peer, settings, tracePeer);
    addLeg(legs, leg, address, branch.share * share);
  }
  const branches = [...legs.values()].map(
    ({ peer, endpoints, share }): Branch =>
      peer === undefined ? { ...branch, endpoints, share } : { ...branch, endpoints, share, peer },
  );
  return withSiblings(trace, branches.length === 0 ? [branch] : branches, settings);
}

const proxiesBehind = oncePer((from: ProxyConfig) =>
  oncePerPair((proxies: readonly ProxyConfig[], endpoints: readonly Endpoint[]): readonly (ProxyConfig | null)[] =>
    endpoints.map(({ address }) => proxyAt(proxies, address, from)),
  ),
);

/** Endpoints whose proxies end alike: one branch. */
interface Endings {
  readonly peer: Leg | undefined;
  readonly endpoints: string[];
  share: number;
}

/** Replicas whose dump is not at hand are taken to end like those of their cluster whose dump is, where these agree. */
function withSiblings(trace: Tracing, legs: readonly Branch[], { workloads, proxies = [] }: TraceSettings): Branch[] {
  const unknown = legs.find(leg => leg.peer === undefined);
  const [known, other] = legs.filter(leg => leg.peer !== undefined);
  const unseen = nameEndpoints(unknown?.endpoints ?? [], workloads);
  if (unknown === undefined || unseen === '') return [...legs];
  if (known === undefined || other !== undefined) {
    trace.assumptions.add(`the receiving side (${unseen}) is not in the snapshot: what its proxy does is not known`);
    const isMesh = trace.clusterResource !== null && clusterType(trace.clusterResource.view) === 'EDS';
    const isUnseen = isMesh && proxies.length > 1;
    return legs.map(leg => (leg.peer === undefined ? { ...leg, isUnseen } : leg));
  }
  trace.assumptions.add(
    `${unseen} does as ${known.peer?.result.proxy ?? 'the other replica'} does (its dump is not in the snapshot)`,
  );
  return [
    {
      ...known,
      share: known.share + unknown.share,
      endpoints: [...(known.endpoints ?? []), ...(unknown.endpoints ?? [])],
    },
  ];
}

function addLeg(legs: Map<string, Endings>, peer: Leg | undefined, address: string, share: number): void {
  const end = endOf(peer);
  const known = legs.get(end);
  if (known === undefined) legs.set(end, { peer, endpoints: [address], share });
  else {
    known.endpoints.push(address);
    known.share += share;
  }
}

function endOf(peer: Leg | undefined): string {
  if (peer === undefined) return 'none';
  const { outcome, reason, responseCode, responseFlag } = peer.result;
  return [outcome, reason, responseCode, responseFlag, peer.refused?.because].join('|');
}

function legOf(trace: Tracing, address: string, peer: ProxyConfig, settings: TraceSettings, tracePeer: TracePeer): Leg {
  const sent = peerRequest(trace, address, peer);
  const passed = [...(settings.passed ?? []), trace.proxy.name];
  const { peer: _, cluster: __, ...rest } = settings;
  const isLoop = passed.length > MAX_LEGS || (peer.node?.type === 'router' && passed.includes(peer.name));
  if (isLoop)
    return loop(
      trace,
      address,
      peer,
      passed,
      tracePeer(peer, { ...sent.request, direction: 'inbound' }, { ...rest, proxies: [] }),
    );
  const result = tracePeer(peer, sent.request, { ...rest, passed });
  result.assumptions.unshift(...sent.assumptions);
  const tls = tlsBetween(trace, sent, peer, result);
  return { result, refused: tls.end, step: stepOf(address, peer, sent, result, tls) };
}

interface TlsBetween {
  readonly end: End | null;
  readonly facts: readonly string[];
}

const NO_TLS: TlsBetween = { end: null, facts: [] };

/** The handshake, where client and server both speak TLS. */
function tlsBetween(trace: Tracing, sent: PeerRequest, peer: ProxyConfig, result: TraceResult): TlsBetween {
  const client = sent.tls?.socket.context ?? null;
  const server = serverContext(peer, result);
  if (client === null || server === null) return NO_TLS;
  const checked = handshake({ proxy: trace.proxy, context: client }, { proxy: peer, context: server }, trace.now);
  result.assumptions.push(...checked.assumptions);
  if (checked.refused === null) return { end: null, facts: checked.facts };
  const reason = sent.tls?.mode === 'mtls' ? 'mtls_error' : 'tls_error';
  return { end: { ...endingOf(reason, false), reason, because: checked.refused.why }, facts: checked.facts };
}

function serverContext(peer: ProxyConfig, result: TraceResult): View | null {
  const step = result.steps.find(({ hop, status }) => hop === 'downstream-tls' && status === 'matched');
  const chain = result.steps.find(({ hop }) => hop === 'filter-chain');
  if (step?.pointer == null || chain?.pointer == null) return null;
  const holder = peer.active('listener').find(({ pointer }) => chain.pointer?.startsWith(`${pointer}/`));
  const chains = [...(holder?.view.list('filter_chains') ?? []), ...(holder?.view.list('default_filter_chain') ?? [])];
  const view = chains.find(({ pointer }) => pointer === chain.pointer);
  return view === undefined ? null : transportSocketOf(view).context;
}

function stepOf(address: string, peer: ProxyConfig, sent: PeerRequest, result: TraceResult, tls: TlsBetween): Step {
  const ended = tls.end?.because ?? doneThere(result);
  const reached = `${address} is reached by ${reachedBy(sent)}`;
  const isGood = tls.end === null && (result.outcome === 'forwarded' || result.outcome === 'passthrough');
  return {
    hop: 'peer',
    status: isGood ? 'matched' : result.outcome === 'undetermined' && tls.end === null ? 'needs-input' : 'rejected',
    name: peer.name,
    pointer: null,
    why: isGood ? reached : `${ended}; ${reached}`,
    details: isGood ? [ended, ...tls.facts] : [...tls.facts],
    candidates: [],
    evidence: [],
    istioctl: [],
  };
}

function reachedBy({ request, tls }: PeerRequest): string {
  const mode = tls?.mode ?? request.tls ?? 'plaintext';
  const principal = request.from?.principal;
  return `${mode === 'mtls' ? 'mutual TLS' : mode}${principal === undefined || mode !== 'mtls' ? '' : ` as ${principal}`}`;
}

/** In short: the other half and the verdict tell the rest. */
function doneThere({ outcome, responseCode, reason }: TraceResult): string {
  if (outcome === 'forwarded') return 'the proxy there forwards it';
  if (outcome === 'passthrough') return 'the proxy there passes it through';
  const end = [outcome, responseCode, reason].filter(part => part !== null).join(' ');
  return outcome === 'undetermined' ? `what the proxy there does is ${end}` : `the proxy there ends it: ${end}`;
}

function loop(trace: Tracing, address: string, peer: ProxyConfig, passed: readonly string[], result: TraceResult): Leg {
  const because = `the request comes back to ${peer.name}, which has passed it already (${[...passed, peer.name].join(' → ')})`;
  const end: End = { ...endingOf('loop', trace.isTcp), reason: 'loop', because };
  const sent = peerRequest(trace, address, peer);
  return { result, refused: end, step: stepOf(address, peer, sent, result, { end, facts: [] }) };
}
