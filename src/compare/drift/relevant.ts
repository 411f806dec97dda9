import type { Resource } from '../../model/resource.js';
import type { DriftKind, DriftMode } from './difference.js';
import type { Side } from './side.js';

/** The resources of a kind on each side that are compared, in whatever state. */
export function relevantResources(
  kind: DriftKind,
  left: Side,
  right: Side,
  mode: DriftMode,
): { left: readonly Resource[]; right: readonly Resource[] } {
  const keep = keeperOf(kind, mode);
  return { left: left.proxy.all(kind).filter(keep), right: right.proxy.all(kind).filter(keep) };
}

type Keep = (resource: Resource) => boolean;

function keeperOf(kind: DriftKind, mode: DriftMode): Keep {
  if (kind === 'route' || kind === 'scoped-route' || kind === 'endpoint') return isDynamic;
  if (kind === 'secret') return mode === 'pilot' ? isFromPilot : isNoOwnCertificate;
  return mode === 'pilot' ? isDynamic : () => true;
}

/** Inline route tables are part of their listeners, static endpoints of their clusters: compared there. */
function isDynamic({ isStatic }: Resource): boolean {
  return !isStatic;
}

/** Pilot sends what a gateway names by a scheme (`kubernetes://…`); the other secrets come from the agent in the pod. */
function isFromPilot({ isStatic, name }: Resource): boolean {
  return !isStatic && name?.includes('://') === true;
}

/** A workload's own certificate is another one in each pod, and after each day. */
function isNoOwnCertificate({ name }: Resource): boolean {
  return name !== 'default' && name?.startsWith('file-cert:') !== true;
}
