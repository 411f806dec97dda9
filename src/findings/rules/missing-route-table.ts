import { extensionOf } from '../../model/extension.js';
import { evidenceOf, istioctl } from '../../trace/evidence.js';
import { istiodLog } from '../kubectl.js';
import type { Rule } from '../rule.js';

/** A connection manager whose route table has not come by RDS: Envoy answers 404 to everything. */
export const missingRouteTable: Rule = {
  code: 'missing-route-table',
  chain: ({ listener, chain }, { proxy }) =>
    chain.list('filters').flatMap(filter => {
      const { kind, config } = extensionOf(filter);
      const rds = kind === 'http_connection_manager' ? config.get('rds') : undefined;
      const name = rds?.string('route_config_name');
      if (rds === undefined || name === undefined || proxy.has('route') !== 'complete') return [];
      if (proxy.find('route', name) !== undefined) return [];
      return [
        {
          resource: { kind: 'route', namespace: null, name },
          evidence: [evidenceOf(listener, rds.pointer)],
          why: `Listener ${listener.name ?? ''} takes its routes from table ${name}, which Envoy does not have: every HTTP request there ends in 404 NR.`,
          remedy: `See whether istiod sends it (\`istioctl proxy-status\`, \`${istioctl.routes(proxy.name, name)}\`, ${istiodLog('RDS')}). A VirtualService that Envoy refuses, or a proxy that is not connected, are the usual causes.`,
        },
      ];
    }),
};
