import { clusterKind } from './cluster-kind.js';
import { extensionOf } from './extension.js';
import { oncePerMessage } from './once.js';
import type { View } from './view.js';

/** How a cluster picks one of its hosts. */
export interface LbPolicy {
  /** `round_robin`, `least_request`, `random`, `ring_hash`, `maglev`, or another extension's kind. */
  readonly name: string;
  /** Hosts come by a hash of the request, so that one request always gets the same. */
  readonly isHashing: boolean;
  /** Localities count by their weight. */
  readonly byLocalityWeight: boolean;
  readonly zoneAware: View | null;
  /** `slow_start_config`. */
  readonly slowStart: View | null;
  /** LbSubsetConfig, or the subset policy extension, which has the same fields. */
  readonly subset: View | null;
  /** A policy that lets something else name the host first; null where the balancer alone picks. */
  readonly overriddenBy: string | null;
}

/** Policies that Envoy itself has; of the list in `load_balancing_policy` the first one that is known counts. */
const KNOWN =
  /^(round_robin|least_request|random|ring_hash|maglev|subset|cluster_provided|original_dst|client_side_weighted_round_robin|wrr_locality|override_host|pick_first|dynamic_forwarding)$/;

/**
 * Reads `load_balancing_policy`, which wins where it is set, or else `lb_policy` with the fields that go with it.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/cluster/v3/cluster.proto (load_balancing_policy)
 */
export const lbPolicyOf = oncePerMessage((cluster: View): LbPolicy => {
  const policies = policiesIn(cluster.get('load_balancing_policy'));
  return policies === null ? legacyPolicy(cluster) : extensionPolicy(policies);
});

/** The kind and configuration of the first known policy; null where a list has none, or there is no list. */
function policiesIn(list: View | undefined): { kind: string; config: View } | null {
  const policies = (list?.list('policies') ?? []).flatMap(policy => {
    const extension = policy.get('typed_extension_config');
    return extension === undefined ? [] : [extensionOf(extension)];
  });
  return policies.find(({ kind }) => KNOWN.test(kind)) ?? policies[0] ?? null;
}

function extensionPolicy({ kind, config }: { kind: string; config: View }): LbPolicy {
  const nested = policiesIn(config.get(NESTED[kind] ?? ''));
  const inner = nested === null ? null : extensionPolicy(nested);
  const own = plainPolicy(kind, config);
  if (kind === 'subset') return { ...(inner ?? own), subset: config };
  if (kind === 'wrr_locality') return { ...(inner ?? own), byLocalityWeight: true };
  if (kind === 'override_host') return { ...(inner ?? own), overriddenBy: kind };
  return own;
}

/** Policies that leave the choice to another one, by the field that holds it. */
const NESTED: Record<string, string> = {
  subset: 'subset_lb_policy',
  wrr_locality: 'endpoint_picking_policy',
  override_host: 'fallback_policy',
};

function plainPolicy(name: string, config: View): LbPolicy {
  const locality = config.get('locality_lb_config');
  return {
    name,
    isHashing: isHash(name),
    byLocalityWeight:
      locality?.has('locality_weighted_lb_config') === true || config.has('locality_weighted_lb_config'),
    zoneAware: locality?.get('zone_aware_lb_config') ?? null,
    slowStart: config.get('slow_start_config') ?? null,
    subset: null,
    overriddenBy: null,
  };
}

function legacyPolicy(cluster: View): LbPolicy {
  const common = cluster.get('common_lb_config');
  const name = (cluster.string('lb_policy') ?? 'ROUND_ROBIN').toLowerCase();
  const own = cluster.get(`${name}_lb_config`);
  return {
    name: name === 'cluster_provided' ? clusterKind(cluster) : name,
    isHashing: isHash(name),
    byLocalityWeight: common?.has('locality_weighted_lb_config') === true,
    zoneAware: common?.get('zone_aware_lb_config') ?? null,
    slowStart: own?.get('slow_start_config') ?? null,
    subset: cluster.get('lb_subset_config') ?? null,
    overriddenBy: null,
  };
}

function isHash(name: string): boolean {
  return name === 'ring_hash' || name === 'maglev';
}

const DEFAULT_PANIC_THRESHOLD = 50;

/** Percent of healthy hosts below which health is ignored: 50 unless set. A dump that drops zero values shows 0 as an empty message. */
export function panicThresholdOf(cluster: View): number {
  const threshold = cluster.get('common_lb_config')?.get('healthy_panic_threshold');
  return threshold === undefined ? DEFAULT_PANIC_THRESHOLD : Math.round(threshold.number('value') ?? 0);
}
