import { egressDrafts } from '../egress-draft.js';
import type { Rule } from '../rule.js';

/**
 * A request that Istio passes on unchanged because the mesh does not know where it goes (outboundTrafficPolicy ALLOW_ANY).
 * https://istio.io/latest/docs/tasks/traffic-management/egress/egress-control/
 */
export const egressPassthrough: Rule = {
  code: 'egress-passthrough',
  trace: trace =>
    egressDrafts(
      trace,
      'passthrough',
      'It goes through PassthroughCluster to the address that the client looked up: no route, no mutual TLS, no retries, and whether anything answers there Envoy does not know.',
      'Where this is meant, nothing is to be done. Where it is not, declare the host in a ServiceEntry, so that the mesh routes, secures and counts it.',
    ),
};
