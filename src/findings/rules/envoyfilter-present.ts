import { evidenceOf } from '../../trace/evidence.js';
import { describeFilter, foreignFilters, isIstio } from '../istio-filters.js';
import { listAll } from '../kubectl.js';
import { UNKNOWN_NAME } from '../provenance.js';
import type { Rule } from '../rule.js';

/** A filter that Istio’s control plane never sets by itself. The bootstrap’s own listeners are left out: they are not Istio’s to change. */
export const envoyfilterPresent: Rule = {
  code: 'envoyfilter-present',
  chain: ({ listener, chain }, { proxy }) => {
    if (listener.isStatic || !isIstio(proxy)) return [];
    const namespace = proxy.node?.namespace ?? null;
    return foreignFilters(chain).map(({ filter, pointer }) => ({
      resource: { kind: 'EnvoyFilter', namespace, name: UNKNOWN_NAME },
      evidence: [evidenceOf(listener, pointer)],
      why: `Filter ${describeFilter(filter)} runs in listener ${listener.name ?? ''}. Istio does not set such a filter: an EnvoyFilter puts it there, and it may change or refuse requests.`,
      remedy: `Find the one that names ${filter.name ?? filter.kind} (${listAll('EnvoyFilter', namespace)}), here or in the control plane’s namespace, and read what it does before you look further.`,
    }));
  },
};
