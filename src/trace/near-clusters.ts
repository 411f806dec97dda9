import { groupedBy } from '../model/grouped-by.js';
import { oncePer } from '../model/once.js';
import type { ProxyConfig } from '../model/proxy.js';
import type { Resource } from '../model/resource.js';
import { clusterParts } from '../model/services.js';
import { NearNames } from './nearest.js';
import type { Candidate } from './result.js';

type ClusterParts = NonNullable<ReturnType<typeof clusterParts>>;

interface Known {
  readonly cluster: Resource;
  readonly parts: ClusterParts;
}

/** The clusters of one direction, to be looked for by their hosts. */
interface OfDirection {
  readonly byHost: ReadonlyMap<string, readonly Known[]>;
  readonly near: NearNames<Known>;
}

const MAX_CANDIDATES = 8;
const MAX_OTHER_HOSTS = 4;

/** Serving clusters that a missing one may have been meant for: of the same host and direction, else of the most similar hosts. */
export function nearClusters(proxy: ProxyConfig, name: string): Candidate[] {
  const wanted = clusterParts(name);
  const known = wanted === null ? undefined : byDirection(proxy).get(wanted.direction);
  if (wanted === null || known === undefined) return [];
  const near = known.byHost.get(wanted.host) ?? known.near.nearest(wanted.host, MAX_OTHER_HOSTS);
  return near.slice(0, MAX_CANDIDATES).map(({ cluster, parts }) => ({
    name: cluster.name,
    pointer: cluster.pointer,
    criterion: 'name',
    reason: differs(wanted, parts),
  }));
}

const byDirection = oncePer((proxy: ProxyConfig): ReadonlyMap<string, OfDirection> => {
  const known = proxy.active('cluster').flatMap((cluster): Known[] => {
    const parts = clusterParts(cluster.name ?? '');
    return parts === null ? [] : [{ cluster, parts }];
  });
  const directions = groupedBy(known, ({ parts }) => parts.direction);
  return new Map([...directions].map(([direction, clusters]) => [direction, indexOf(clusters)]));
});

function indexOf(clusters: readonly Known[]): OfDirection {
  return {
    byHost: groupedBy(clusters, ({ parts }) => parts.host),
    near: new NearNames(clusters, ({ parts }) => [parts.host]),
  };
}

function differs(wanted: ClusterParts, other: ClusterParts): string {
  if (other.host !== wanted.host) return `host ${other.host}`;
  if (other.port !== wanted.port) return `port ${other.port}, not ${wanted.port}`;
  return other.subset === '' ? 'without a subset' : `subset ${other.subset}, not ${wanted.subset || 'none'}`;
}
