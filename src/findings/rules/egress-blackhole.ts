import { egressDrafts } from '../egress-draft.js';
import type { Rule } from '../rule.js';

/**
 * A request that Istio drops because the mesh does not know where it goes (outboundTrafficPolicy REGISTRY_ONLY).
 * https://istio.io/latest/docs/tasks/traffic-management/egress/egress-control/
 */
export const egressBlackhole: Rule = {
  code: 'egress-blackhole',
  trace: trace =>
    egressDrafts(
      trace,
      'blackhole',
      'The outbound traffic policy is REGISTRY_ONLY: the request is dropped (TCP and TLS are closed, plain HTTP gets 502 or 404).',
      'Declare the host and port in a ServiceEntry, visible in the namespace of this pod.',
    ),
};
