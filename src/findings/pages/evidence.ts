import { COMMANDS } from '../explanations/commands.js';
import type { Pages } from './page.js';

/** What is wrong with the evidence itself, or with the delivery of configuration. */
export const EVIDENCE_PAGES: Pages<
  | 'truncated-dump'
  | 'dump-without-endpoints'
  | 'partial-dump'
  | 'proxy-not-connected'
  | 'rejected-config'
  | 'warming-resource'
  | 'stale-config'
  | 'version-skew'
> = {
  'truncated-dump': {
    explanation:
      'A document ends in the middle of its JSON. mesh-trace uses what came before the break and treats the rest as unknown.',
    consequences:
      'Something may seem to be missing that is only not in the file. A verdict stands where the missing part cannot change it; else it is “undetermined”.',
    causes: [
      'The disk was full, or the connection was cut, while the dump was written.',
      'A terminal or chat program cut a long paste.',
      'The file was copied while it was still being written.',
    ],
    remedy: [
      ['Fetch the dump again.', 'istioctl proxy-config all POD.NAMESPACE -o json > config_dump.json'],
      ['See that the JSON is whole.', 'python3 -m json.tool config_dump.json > /dev/null'],
    ],
  },
  'dump-without-endpoints': {
    explanation:
      'Envoy’s /config_dump leaves out what EDS brought, unless it is asked with include_eds. The dump has clusters and says nothing of the addresses behind them.',
    consequences:
      'Whether a service has endpoints, and whether they are healthy, cannot be told. A trace ends at the endpoints as “undetermined”.',
    causes: [
      'The dump was fetched with /config_dump alone.',
      'istioctl before 1.19.1 fetched it: what its `proxy-config all -o json` prints has no endpoints.',
      'Only single lists (listeners, clusters, routes) were saved.',
    ],
    remedy: [
      ['Fetch the dump with endpoints.', 'istioctl proxy-config all POD.NAMESPACE -o json > config_dump.json'],
      [
        'With istioctl before 1.19.1, save the endpoints beside it.',
        'istioctl proxy-config endpoint POD.NAMESPACE -o json > endpoints.json',
      ],
      [
        'Add what Envoy knows of their health.',
        "kubectl exec POD -n NAMESPACE -c istio-proxy -- pilot-agent request GET 'clusters?format=json' > clusters.json",
      ],
    ],
  },
  'partial-dump': {
    explanation:
      'A trace goes from listener to route table to cluster to endpoints. The documents at hand hold some of these lists only.',
    consequences:
      'A trace that needs one of the others ends there as “undetermined”; what it says of the hops before stands. A check finds nothing in what was not saved.',
    causes: [
      'Single lists were saved (istioctl proxy-config listeners, routes, clusters), or a list of one name or port.',
      'The dump was fetched with a filter (/config_dump?resource=… or ?mask=…).',
      'One file of several was not given.',
    ],
    remedy: [
      ['Save all of it at once.', 'istioctl proxy-config all POD.NAMESPACE -o json > config_dump.json'],
      [
        'Before Istio 1.10, ask Envoy itself.',
        "kubectl exec POD -n NAMESPACE -c istio-proxy -- pilot-agent request GET 'config_dump?include_eds' > config_dump.json",
      ],
      ['Or put all single lists of the proxy into one folder, and give that.', 'mesh-trace -f FOLDER --to HOST:PORT'],
    ],
  },
  'proxy-not-connected': {
    explanation:
      'The listing of istiod (istioctl proxy-status) does not name a proxy whose configuration is at hand: it holds no connection to this control plane.',
    consequences:
      'Its Envoy runs what it last got. Changes do not reach it: endpoints go stale first, then certificates run out.',
    causes: [
      'The agent cannot reach istiod: a NetworkPolicy, DNS, or a wrong discovery address.',
      'istiod refuses its token or certificate.',
      'The pod belongs to another revision, whose control plane is gone.',
      'The pod itself is gone, and the dump is older.',
    ],
    remedy: [
      ['See whether the pod is there and what its agent says.', COMMANDS.proxyLog],
      ['List the proxies that istiod knows.', 'istioctl proxy-status'],
      ['See what istiod says of it.', COMMANDS.istiodLog],
      ['Restart the pod when its control plane has changed.', 'kubectl delete pod POD -n NAMESPACE'],
    ],
  },
  'rejected-config': {
    explanation:
      'istiod sent a listener, cluster, route table or secret, and Envoy refused it (a NACK; error_state in the dump). Envoy goes on with the version before; where there was none, the resource is not there at all.',
    consequences:
      'The change has no effect in this proxy. A listener that was never accepted leaves its traffic to the catch-all: it is passed through without any rule, or dropped.',
    causes: [
      'An EnvoyFilter adds a filter or a field that this Envoy does not know, or that is not valid.',
      'A regular expression that RE2 does not take, or a certificate that cannot be read.',
      'Two Gateways or VirtualServices that together make something invalid.',
      'istiod is newer than the proxy and sends what it does not know.',
    ],
    remedy: [
      ['Read Envoy’s reason, which names the field.', 'istioctl proxy-config listeners POD.NAMESPACE -o json'],
      ['See the same in istiod’s log.', "kubectl logs -n istio-system -l app=istiod --tail=-1 | grep 'ACK ERROR'"],
      ['Look for the EnvoyFilter that does it.', COMMANDS.envoyFilters],
      ['Let istioctl look for conflicts.', 'istioctl analyze -A'],
      ['See that the proxy took it after the change.', 'istioctl proxy-status'],
    ],
  },
  'warming-resource': {
    explanation:
      'Envoy holds a listener, cluster or secret back until everything that it names is there: certificates by SDS, endpoints by EDS, route tables by RDS. Something of it has not come.',
    consequences:
      'The resource does not serve. A cluster that warms is as good as missing (503 NC); a gateway’s chain whose certificate has not come closes every TLS connection.',
    causes: [
      'A gateway’s credentialName names a Secret that does not exist in the gateway’s own namespace, or that holds no certificate and key.',
      'The gateway’s service account may not read Secrets.',
      'istiod does not send the endpoints or the route table, or is not reached.',
      'A filter’s configuration by ECDS (a Wasm module) cannot be fetched.',
    ],
    remedy: [
      ['See which secrets have come.', COMMANDS.secrets],
      ['See whether the Secret is there, in the gateway’s namespace.', 'kubectl get secret NAME -n GATEWAY-NAMESPACE'],
      ['Make it where it is missing.', 'kubectl create secret tls NAME -n GATEWAY-NAMESPACE --cert=FILE --key=FILE'],
      ['See what istiod says of it.', COMMANDS.istiodLog],
    ],
  },
  'stale-config': {
    explanation:
      'istiod’s own dump for the proxy (or its listing) and what Envoy runs are not the same: an update was not sent, not received, or not taken.',
    consequences:
      'Requests go by the old configuration: to pods that are gone, past a new route, into a cluster that does not exist any more.',
    causes: [
      'The connection between proxy and istiod hangs or was cut, and was not made anew.',
      'istiod is overloaded, or pushes late.',
      'Envoy refused an update (then rejected-config says so).',
      'The two dumps were not taken at the same time.',
    ],
    remedy: [
      ['See every difference and what it does to requests.', COMMANDS.diff],
      ['See the state of each type.', 'istioctl proxy-status'],
      ['See whether the agent is connected.', COMMANDS.proxyLog],
      ['Restart the pod: it loads everything anew.', 'kubectl delete pod POD -n NAMESPACE'],
    ],
  },
  'version-skew': {
    explanation:
      'The proxies run versions of Istio that are more than one minor version apart. One istiod supports proxies of its own minor version and of the one before.',
    consequences:
      'One of them is out of the range of any istiod: it may get configuration that it refuses, or that it reads otherwise.',
    causes: [
      'Pods were not restarted after an upgrade: a sidecar keeps its version until its pod is made anew.',
      'Several revisions are installed, and a namespace still carries the label of an old one.',
    ],
    remedy: [
      ['See all versions.', 'istioctl proxy-status'],
      ['Restart what is behind.', 'kubectl rollout restart deployment NAME -n NAMESPACE'],
      ['See which revision a namespace asks for.', 'kubectl get namespaces -L istio.io/rev,istio-injection'],
    ],
  },
};
