import type { Resource } from '../model/resource.js';
import { clusterParts } from '../model/services.js';
import type { View } from '../model/view.js';
import { evidenceOf } from '../trace/evidence.js';
import type { TraceResult } from '../trace/result.js';
import { type Draft, describeObject } from './finding.js';
import { listAll, show } from './kubectl.js';
import { chainsOf } from './listener-chains.js';
import { serviceOfHost } from './provenance.js';
import { list } from './words.js';

/** What a client's proxy asks an east-west gateway for by its SNI, `outbound_.8080_.v1_.host`. */
interface Asked {
  readonly sni: string;
  readonly parts: NonNullable<ReturnType<typeof clusterParts>>;
}

/**
 * A request that a server with AUTO_PASSTHROUGH has no chain for; null where the request or the listener is of another kind. Istio makes one chain
 * for each port and subset of the services that the gateway may see and `hosts` of the server hold
 * (istio/istio pilot/pkg/networking/core/gateway.go, builtAutoPassthroughFilterChains).
 */
export function autoPassthroughDraft(result: TraceResult, listener: Resource | null): Draft | null {
  const asked = askedOf(result);
  const names = listener === null ? [] : dnatNames(chainsOf(listener));
  if (asked === null || listener === null || names.length === 0) return null;
  return {
    resource: serviceOfHost(asked.parts.host),
    evidence: [evidenceOf(listener)],
    ...(names.includes(asked.sni) ? notIstio(asked, result) : unknownHere(asked, names)),
  };
}

function askedOf({ request: { sni } }: TraceResult): Asked | null {
  const parts = typeof sni === 'string' && sni.startsWith('outbound_.') ? clusterParts(sni) : null;
  return typeof sni !== 'string' || parts === null ? null : { sni, parts };
}

/** The server names of SNI-DNAT chains, which are the names of their clusters. */
function dnatNames(chains: readonly View[]): string[] {
  return chains
    .flatMap(chain => chain.get('filter_chain_match')?.strings('server_names') ?? [])
    .filter(name => name.startsWith('outbound_.'));
}

type Words = Pick<Draft, 'why' | 'remedy'>;

/** The chains take what Istio's own proxies offer, and nothing else. */
function notIstio({ parts }: Asked, { request: { alpn } }: TraceResult): Words {
  const offered = Array.isArray(alpn) && alpn.length > 0 ? `ALPN ${alpn.join(', ')}` : 'no ALPN';
  return {
    why: `The gateway passes ${parts.host} port ${parts.port} on for proxies of the mesh alone, which offer an ALPN of Istio’s with their mutual TLS (AUTO_PASSTHROUGH); this client offers ${offered}.`,
    remedy: `Call the service through a sidecar or gateway of the mesh. For other clients let a Gateway have a server with TLS of its own (${listAll('Gateway', null)}).`,
  };
}

function unknownHere({ parts }: Asked, names: readonly string[]): Words {
  const object = serviceOfHost(parts.host);
  const others = names.flatMap(name => clusterParts(name) ?? []).filter(({ host }) => host === parts.host);
  const known = [...new Set(others.map(nameOf))];
  const subset = parts.subset === '' ? '' : ' A subset needs its DestinationRule in this cluster too.';
  return {
    why: `A client’s proxy asks this gateway (AUTO_PASSTHROUGH) for ${parts.host} ${nameOf(parts)}, and no chain is for it: ${known.length === 0 ? 'the gateway’s control plane shows it no such service' : `of this service it has ${list(known)}`}.`,
    remedy: `See that ${describeObject(object)} is in the gateway’s own cluster with this port (${show(object)}), that its \`exportTo\` lets the gateway see it, and that \`hosts\` of the Gateway’s server hold it (${listAll('Gateway', null)}).${subset}`,
  };
}

function nameOf({ port, subset }: Asked['parts']): string {
  return `port ${port}${subset === '' ? '' : `, subset ${subset}`}`;
}
