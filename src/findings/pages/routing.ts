import { COMMANDS } from '../explanations/commands.js';
import type { Pages } from './page.js';

/** Which route a request takes, and to which cluster. */
export const ROUTING_PAGES: Pages<
  | 'missing-route-table'
  | 'missing-subset'
  | 'cluster-not-found'
  | 'no-route-matches'
  | 'prefix-swallows-sibling'
  | 'shadowed-route'
  | 'redirect-loop'
  | 'regex-not-re2'
  | 'duplicate-domain'
  | 'domain-port-mismatch'
  | 'weights-do-not-sum'
> = {
  'missing-route-table': {
    explanation:
      'A listener’s HTTP connection manager takes its routes from a table by name (RDS), and Envoy has no table of that name.',
    consequences: 'Every HTTP request at that listener is answered 404 NR, whatever its host and path.',
    causes: [
      'istiod has not sent the table: the proxy is not connected, or its subscription was lost.',
      'Envoy refused the table, and had none before (rejected-config).',
      'The dump was taken while the proxy started.',
    ],
    remedy: [
      ['See which tables there are.', 'istioctl proxy-config routes POD.NAMESPACE'],
      ['See whether RDS is in sync.', 'istioctl proxy-status'],
      ['See what istiod says.', COMMANDS.istiodLog],
      ['Restart the pod where the subscription was lost.', 'kubectl delete pod POD -n NAMESPACE'],
    ],
  },
  'missing-subset': {
    explanation:
      'A VirtualService routes to a subset, and no DestinationRule that applies to the host defines a subset of this name. Istio makes a cluster for each subset of a DestinationRule; without it the route names a cluster that nobody made.',
    consequences:
      'Envoy answers 503 NC to every request that takes the route; of a weighted route to the part that falls to the subset, so that the service seems to fail now and then.',
    causes: [
      'The DestinationRule was changed or deleted while the VirtualService still names the subset.',
      'The VirtualService was applied before the DestinationRule.',
      'The names differ by a letter, or the DestinationRule is for another host or namespace.',
      'The DestinationRule is not exported to the client’s namespace (exportTo).',
    ],
    remedy: [
      ['See which subsets the proxy has.', COMMANDS.clusters],
      ['Add the subset to the DestinationRule.', 'kubectl edit destinationrule NAME -n NAMESPACE'],
      ['Or take it out of the VirtualService.', 'kubectl edit virtualservice NAME -n NAMESPACE'],
      ['Let istioctl look for others (IST0101).', 'istioctl analyze -A'],
    ],
  },
  'cluster-not-found': {
    explanation:
      'A route names a cluster that Envoy does not have. Istio makes clusters for the hosts and ports of services and ServiceEntries; the destination’s host or port is none of them.',
    consequences: 'Envoy answers 503 NC (cluster_not_found) to every request that takes the route.',
    causes: [
      'The destination’s host is misspelt, or a short name is completed with the namespace of the VirtualService.',
      'The destination names a port that the service does not have.',
      'The service was deleted, or is in another cluster of the mesh.',
      'The request went to a port that the service does not have: Istio has a virtual host for it in table 80 all the same.',
    ],
    remedy: [
      ['See the hosts and ports that the proxy knows.', 'istioctl proxy-config clusters POD.NAMESPACE'],
      ['See the service.', COMMANDS.service],
      ['Correct the destination.', 'kubectl edit virtualservice NAME -n NAMESPACE'],
    ],
  },
  'no-route-matches': {
    explanation:
      'The virtual host for the request is there, and none of its routes takes the request. Envoy does not look into another virtual host then.',
    consequences: 'Envoy answers 404 NR (route_not_found).',
    causes: [
      'A VirtualService has conditions on every route, and none without.',
      'A header or path is compared letter by letter: “gold” is not “Gold”, “/items” is not “/items/”.',
      'The request lacks a header that all routes ask for.',
    ],
    remedy: [
      ['See what each route asks for, and what was missing.', COMMANDS.trace],
      ['Add a route without conditions at the end.', 'kubectl edit virtualservice NAME -n NAMESPACE'],
    ],
  },
  'prefix-swallows-sibling': {
    explanation:
      'A prefix compares letters, not path segments. “/test” takes “/test/1”, and “/test1” and “/testing” as well.',
    consequences:
      'Paths that only begin alike go to the wrong service. The answer is often a 404 of that service, which Envoy’s log shows as a normal request.',
    causes: [
      'The VirtualService’s prefix has no closing slash.',
      'The more general route stands before the one for the sibling.',
    ],
    remedy: [
      [
        'Write the prefix with a closing slash, and an exact match for the path without it beside it.',
        'kubectl edit virtualservice NAME -n NAMESPACE',
      ],
      ['See which route takes a path.', 'mesh-trace POD.NAMESPACE --to http://HOST:PORT/PATH -v'],
    ],
  },
  'shadowed-route': {
    explanation:
      'Routes are tried in order, and the first that matches wins. A route stands behind one that takes everything that it would take.',
    consequences: 'The route never gets a request: its destination, timeout, headers and faults have no effect.',
    causes: [
      'A general prefix was written before a special one.',
      'A route without conditions is not the last one.',
      'Several VirtualServices for one host were merged, in an order that nobody promises.',
    ],
    remedy: [
      ['Put the special route before the general one.', 'kubectl edit virtualservice NAME -n NAMESPACE'],
      ['See the order that Envoy has.', COMMANDS.routes],
    ],
  },
  'redirect-loop': {
    explanation:
      'A route answers with a redirect to a URL that the same proxy redirects again, back to where it began.',
    consequences: 'The client goes round until it gives up: browsers say “too many redirects”.',
    causes: [
      'A prefix without a closing slash is redirected to the same path with one, which the prefix takes again.',
      'One route sends http to https and another one https to http.',
      'A load balancer before the gateway ends TLS, and the gateway’s httpsRedirect sees plain HTTP each time.',
    ],
    remedy: [
      ['Match the exact path in the route that redirects.', 'kubectl edit virtualservice NAME -n NAMESPACE'],
      ['See each step.', 'mesh-trace POD.NAMESPACE --to http://HOST:PORT/PATH'],
      ['See the Gateway’s httpsRedirect.', COMMANDS.gateways],
    ],
  },
  'regex-not-re2': {
    explanation:
      'Envoy matches with RE2, which has no lookahead, lookbehind or back references. The pattern uses something that it does not take. (The regex fields of API v2 are ECMAScript’s; there it works until Envoy is upgraded.)',
    consequences:
      'Envoy refuses the whole route table and goes on with the one before, so that no later change to any host of the table has an effect.',
    causes: [
      'A pattern was taken over from nginx, Java or JavaScript.',
      'A VirtualService of Istio before 1.4 is still there.',
    ],
    remedy: [
      ['Rewrite the pattern.', 'kubectl edit virtualservice NAME -n NAMESPACE'],
      ['Let istioctl check all patterns (IST0122).', 'istioctl analyze -A'],
    ],
  },
  'duplicate-domain': {
    explanation: 'Two virtual hosts of one route table have the same domain (case does not count).',
    consequences:
      'Envoy refuses the whole table and goes on with the one before: no change to any of its hosts has an effect.',
    causes: [
      'Two ServiceEntries or VirtualServices declare the same host.',
      'An EnvoyFilter adds a virtual host that is there already.',
    ],
    remedy: [
      ['Let istioctl name those that conflict (IST0109).', 'istioctl analyze -A'],
      ['See the objects for the host.', COMMANDS.virtualServices],
      ['See the ServiceEntries.', COMMANDS.serviceEntries],
    ],
  },
  'domain-port-mismatch': {
    explanation:
      'Envoy compares the Host header with its port against the domains of the virtual hosts. “reviews:9999” is not “reviews:8888”, and not “reviews” either, unless the table ignores ports (Istio from 1.16 on does).',
    consequences:
      'The request falls to the catch-all: it is passed through without any rule, dropped (502), or answered 404.',
    causes: [
      'The client sends a Host header with a port that is not the service’s, often through a port-forward or another proxy.',
      'A virtual host was written by hand, with the port of another listener.',
    ],
    remedy: [
      ['See which hosts and ports the table takes.', COMMANDS.routes],
      ['Send the Host header that fits.', 'curl -H "Host: SERVICE" http://ADDRESS:PORT/'],
    ],
  },
  'weights-do-not-sum': {
    explanation:
      'The weights of a route’s destinations add up to 0, or to something else than the total that the route says.',
    consequences:
      'Envoy refuses a route without any weight. With another total older Envoys refuse it; newer ones share by the sum, so that the shares are not what is written.',
    causes: ['A destination was taken out of a split and the others kept their weights.', 'All weights were set to 0.'],
    remedy: [
      ['Let the weights add up to 100.', 'kubectl edit virtualservice NAME -n NAMESPACE'],
      ['See what Envoy has.', COMMANDS.routes],
    ],
  },
};
