import { isObject } from '../decode/json.js';
import { groupedBy } from '../model/grouped-by.js';
import { PointerError, valueAt } from '../model/json-pointer.js';
import { oncePer, oncePerMessage } from '../model/once.js';
import type { ProxyConfig } from '../model/proxy.js';
import type { Resource } from '../model/resource.js';
import { View } from '../model/view.js';
import type { HopName, Step, TraceResult } from '../trace/result.js';
import type { ChainSubject, RouteSubject, TableSubject, VirtualHostSubject } from './subjects.js';

/** The objects of a proxy’s configuration that a trace went through. */
export interface Touched {
  readonly listener: Resource | null;
  readonly chain: ChainSubject | null;
  readonly table: TableSubject | null;
  readonly virtualHost: VirtualHostSubject | null;
  readonly route: RouteSubject | null;
  /** The clusters of all branches that exist; mirrors are not among them. */
  readonly clusters: readonly Resource[];
  /** The names of all clusters that the request may go to, there or not; not those of branches that it is known not to take. */
  readonly clusterNames: readonly string[];
}

/** Finds the objects that the steps of a result point at. */
export function touchedBy(result: TraceResult, proxy: ProxyConfig): Touched {
  const listener = resourceOf(proxy, 'listener', stepOf(result, 'listener') ?? stepOf(result, 'capture'));
  const chain = listener === null ? null : chainOf(listener, stepOf(result, 'filter-chain'));
  const table = tableOf(proxy, listener, stepOf(result, 'route-table'));
  const virtualHost = table === null ? null : virtualHostOf(table, stepOf(result, 'virtual-host'));
  const route = virtualHost === null ? null : routeOf(virtualHost, stepOf(result, 'route'));
  const clusterNames = namesOf(result);
  return {
    listener,
    chain,
    table,
    virtualHost,
    route,
    clusterNames,
    clusters: clusterNames.flatMap(name => proxy.find('cluster', name) ?? []),
  };
}

/** The last step of a hop that chose something: a filter may have the route chosen again. */
export function stepOf(result: TraceResult, hop: HopName): Step | null {
  return result.steps.findLast(step => step.hop === hop) ?? null;
}

/** The object at a pointer inside a resource; null where the pointer leads elsewhere. */
export function viewAt(root: View, pointer: string | null): View | null {
  if (pointer === null) return null;
  const known = placesIn(root);
  let view = known.get(pointer);
  if (view === undefined) {
    view = look(root, pointer);
    known.set(pointer, view);
  }
  return view;
}

/** The places at which traces looked: no more than the configuration has. */
const placesIn = oncePerMessage(() => new Map<string, View | null>());

function look(root: View, pointer: string): View | null {
  if (pointer !== root.pointer && !pointer.startsWith(`${root.pointer}/`)) return null;
  try {
    const value = valueAt(root.value, pointer.slice(root.pointer.length));
    return isObject(value) ? new View(value, pointer) : null;
  } catch (error) {
    if (error instanceof PointerError) return null;
    throw error;
  }
}

function resourceOf(proxy: ProxyConfig, kind: 'listener' | 'route', step: Step | null): Resource | null {
  if (step?.pointer == null) return null;
  const document = step.evidence[0]?.document;
  const fits = byPointer(proxy.all(kind)).get(step.pointer) ?? [];
  return fits.find(resource => resource.document === document) ?? fits[0] ?? null;
}

/** Documents of one proxy may hold different resources at the same pointer. */
const byPointer = oncePer((resources: readonly Resource[]) => groupedBy(resources, ({ pointer }) => pointer));

function chainOf(listener: Resource, step: Step | null): ChainSubject | null {
  const chain = viewAt(listener.view, step?.pointer ?? null);
  return chain === null ? null : { listener, chain };
}

function tableOf(proxy: ProxyConfig, listener: Resource | null, step: Step | null): TableSubject | null {
  const resource = resourceOf(proxy, 'route', step);
  if (resource !== null) return { resource, table: resource.view };
  const inline = listener === null ? null : viewAt(listener.view, step?.pointer ?? null);
  return listener === null || inline === null ? null : { resource: listener, table: inline };
}

function virtualHostOf(subject: TableSubject, step: Step | null): VirtualHostSubject | null {
  const virtualHost = viewAt(subject.table, step?.pointer ?? null);
  return virtualHost === null ? null : { ...subject, virtualHost };
}

function routeOf(subject: VirtualHostSubject, step: Step | null): RouteSubject | null {
  const route = viewAt(subject.virtualHost, step?.pointer ?? null);
  if (route === null) return null;
  const index = positionsIn(subject.virtualHost).get(route.pointer) ?? -1;
  return { ...subject, route, index };
}

const positionsIn = oncePerMessage(
  (virtualHost: View): ReadonlyMap<string, number> =>
    new Map(virtualHost.list('routes').map(({ pointer }, index) => [pointer, index])),
);

function namesOf(result: TraceResult): string[] {
  const followed = result.weightedClusters.filter(({ outcome }) => outcome !== undefined);
  const names = [result.cluster, ...followed.map(({ name }) => name)];
  return [...new Set(names.filter(name => name !== null))];
}
