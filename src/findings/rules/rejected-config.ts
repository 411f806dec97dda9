import type { Resource } from '../../model/resource.js';
import { evidenceOf } from '../../trace/evidence.js';
import type { Draft, ObjectRef } from '../finding.js';
import { describeFilter, foreignFilters, isIstio, type PlacedFilter } from '../istio-filters.js';
import { istiodLog, listAll } from '../kubectl.js';
import { chainsOf } from '../listener-chains.js';
import { originOf, UNKNOWN_NAME } from '../provenance.js';
import type { Rule, Scope } from '../rule.js';
import { unservedOnTheWay } from '../unserved.js';

const KINDS = ['listener', 'cluster', 'route', 'endpoint', 'secret', 'scoped-route', 'ecds'] as const;

/**
 * An update that Envoy refused (NACK): `error_state` in the dump. What was there before goes on serving, or nothing.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/admin/v3/config_dump_shared.proto (UpdateFailureState)
 */
export const rejectedConfig: Rule = {
  code: 'rejected-config',
  proxy: scope => rejected(scope).map(resource => draftOf(resource, scope)),
  trace: trace => unservedOnTheWay(trace, 'error').map(resource => draftOf(resource, trace)),
};

function rejected({ proxy }: Scope): Resource[] {
  return KINDS.flatMap(kind => proxy.all(kind).filter(({ state }) => state === 'error'));
}

function draftOf(resource: Resource, scope: Scope): Draft {
  const { kind, name, errorDetails } = resource;
  const older = name === null ? undefined : scope.proxy.find(kind, name);
  const effect =
    older === undefined
      ? `It never had this ${kind}, so that traffic for it goes another way or fails.`
      : 'It goes on with the version before.';
  const filter = suspect(resource, scope);
  return {
    resource: ownerOf(resource, filter, scope),
    evidence: [evidenceOf(resource), ...(older === undefined ? [] : [evidenceOf(older)])],
    why: `Envoy refused ${kind} ${name ?? ''}: ${reasonOf(errorDetails)}. ${effect}`,
    remedy: remedyOf(filter, scope),
  };
}

/** The filter of the refused listener that Istio does not set: the one that the reason names, where it names one. */
function suspect(resource: Resource, { proxy }: Scope): PlacedFilter | null {
  if (resource.kind !== 'listener' || !isIstio(proxy)) return null;
  const foreign = chainsOf(resource).flatMap(foreignFilters);
  const named = foreign.find(({ filter }) => filter.name !== null && resource.errorDetails?.includes(filter.name));
  return named ?? foreign[0] ?? null;
}

function ownerOf(resource: Resource, filter: PlacedFilter | null, { proxy }: Scope): ObjectRef {
  if (filter !== null) return { kind: 'EnvoyFilter', namespace: proxy.node?.namespace ?? null, name: UNKNOWN_NAME };
  return originOf(resource.view) ?? { kind: resource.kind, namespace: null, name: resource.name ?? '' };
}

function remedyOf(filter: PlacedFilter | null, { proxy }: Scope): string {
  if (filter !== null) {
    return `Correct or take away the EnvoyFilter that adds ${describeFilter(filter.filter)} (${listAll('EnvoyFilter', proxy.node?.namespace ?? null)}); it may stand in the control plane’s namespace as well.`;
  }
  return `Correct what the reason names. istiod’s log has the same (${istiodLog('ACK ERROR')}), and an analysis may name the object (\`istioctl analyze -A\`); EnvoyFilters are the usual cause (${listAll('EnvoyFilter', null)}).`;
}

/** Envoy's words in one line. */
function reasonOf(details: string | null): string {
  return details === null ? 'the dump does not say why' : details.replace(/\s+/g, ' ').replace(/[\s.]+$/, '');
}
