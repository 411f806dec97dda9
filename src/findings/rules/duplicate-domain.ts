import { evidenceOf } from '../../trace/evidence.js';
import type { Draft } from '../finding.js';
import { originOf } from '../provenance.js';
import type { Rule } from '../rule.js';

/**
 * One domain in two virtual hosts of a table: Envoy refuses such a table as a whole.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/route/v3/route_components.proto#config-route-v3-virtualhost (domains)
 */
export const duplicateDomain: Rule = {
  code: 'duplicate-domain',
  table: ({ resource, table }) => {
    const owners = new Map<string, { name: string; pointer: string }>();
    const drafts: Draft[] = [];
    for (const virtualHost of table.list('virtual_hosts')) {
      const name = virtualHost.string('name') ?? '';
      for (const domain of new Set(virtualHost.strings('domains').map(text => text.toLowerCase()))) {
        const first = owners.get(domain);
        if (first === undefined) {
          owners.set(domain, { name, pointer: virtualHost.pointer });
          continue;
        }
        const origin = virtualHost
          .list('routes')
          .map(originOf)
          .find(found => found !== null);
        const text = `route table ${table.string('name') ?? resource.name ?? ''}`;
        drafts.push({
          resource: origin ?? { kind: 'route', namespace: null, name: table.string('name') ?? '' },
          evidence: [evidenceOf(resource, virtualHost.pointer), evidenceOf(resource, first.pointer)],
          why: `Domain ${domain} stands in virtual hosts ${first.name} and ${name} of ${text}: Envoy refuses the whole table and goes on with the one before.`,
          remedy:
            'Let one VirtualService or ServiceEntry have the host; an analysis names those that conflict as IST0109 (`istioctl analyze -A`).',
        });
      }
    }
    return drafts;
  },
};
