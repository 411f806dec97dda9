import { COMMANDS } from '../explanations/commands.js';
import type { Pages } from './page.js';

/** Gateways, listeners and filters. */
export const GATEWAY_PAGES: Pages<
  | 'virtualservice-host-not-in-gateway'
  | 'gateway-host-conflict'
  | 'duplicate-chain-match'
  | 'shadowed-chain'
  | 'envoyfilter-present'
  | 'unsupported-extension'
> = {
  'virtualservice-host-not-in-gateway': {
    explanation:
      'A gateway has no route for the host. Istio binds a VirtualService to a Gateway for those hosts only that a server of the Gateway lists too; for others it drops the VirtualService there, without an error.',
    consequences: 'Every request for the host is answered 404 NR; TLS without a server for the name is closed.',
    causes: [
      'The VirtualService’s host is not among hosts of any server of the Gateway (www. was forgotten).',
      'The Gateway lists NAMESPACE/HOST, and the VirtualService is in another namespace.',
      'The VirtualService’s gateways names another Gateway, or lacks its namespace.',
      'The Gateway’s selector fits other gateway pods.',
      'At an east-west gateway (AUTO_PASSTHROUGH): the service, its port or subset is not in the gateway’s own cluster, not exported to it, or not among hosts of the server.',
      'Clients call a port that no server of the Gateway opens, or the Service has another targetPort: the connection is refused.',
    ],
    remedy: [
      ['See the hosts that the gateway serves.', 'istioctl proxy-config routes GATEWAY-POD.NAMESPACE'],
      ['Compare hosts and gateways of both objects.', COMMANDS.virtualServices],
      ['Add the host to the Gateway’s server.', 'kubectl edit gateways.networking.istio.io NAME -n NAMESPACE'],
      ['See the ports that the gateway listens on.', 'istioctl proxy-config listeners GATEWAY-POD.NAMESPACE'],
      ['Let istioctl look for it (IST0132).', 'istioctl analyze -A'],
    ],
  },
  'gateway-host-conflict': {
    explanation:
      'Several objects claim one host of a gateway. VirtualServices for the same host are merged into one list of routes, the older object first; Gateways that use one certificate on one port share their clients’ HTTP/2 connections.',
    consequences:
      'Routes of one VirtualService are never reached behind another’s catch-all, and which one wins may change when an object is made anew. With a shared certificate browsers get 404 for the hosts of the other Gateway.',
    causes: [
      'Several teams have a VirtualService with host "*" at one gateway.',
      'One of them has a route without conditions.',
      'Several Gateways name the same wildcard certificate.',
    ],
    remedy: [
      ['See all VirtualServices and their gateways.', COMMANDS.virtualServices],
      [
        'Give each team its own host or path, or keep the routes of one host in one object (delegates).',
        'kubectl edit virtualservice NAME -n NAMESPACE',
      ],
      ['Hold all hosts of one certificate in one Gateway.', COMMANDS.gateways],
    ],
  },
  'duplicate-chain-match': {
    explanation:
      'Two filter chains of one listener match the same connections (port, addresses, server names, protocols).',
    consequences:
      'Envoy refuses the whole listener and goes on with the version before, or without: no change to any of its servers has an effect.',
    causes: [
      'Two servers of Gateways have the same host on one port.',
      'An EnvoyFilter adds a chain beside the one that Istio makes.',
    ],
    remedy: [
      ['See the Gateways of the port.', COMMANDS.gateways],
      ['See what Envoy refused.', 'istioctl proxy-config listeners POD.NAMESPACE --port PORT -o json'],
      ['Let istioctl look for conflicts.', 'istioctl analyze -A'],
    ],
  },
  'shadowed-chain': {
    explanation:
      'A filter chain asks for something that no listener filter on its port finds out: a server name or TLS without the TLS inspector, HTTP/1.1 or h2c without the HTTP inspector. (Envoy before 1.18 adds a missing TLS inspector by itself.)',
    consequences: 'No connection ever takes the chain. Its traffic goes to the default chain, or is closed.',
    causes: [
      'An EnvoyFilter took the inspector away, or switched it off for the port.',
      'The listener was written by hand.',
    ],
    remedy: [
      ['See the listener filters.', 'istioctl proxy-config listeners POD.NAMESPACE --port PORT -o json'],
      ['Look for the EnvoyFilter.', COMMANDS.envoyFilters],
    ],
  },
  'envoyfilter-present': {
    explanation:
      'A filter runs in the proxy that Istio’s control plane does not set by itself: an EnvoyFilter put it there. A dump shows the filter, not the EnvoyFilter’s name.',
    consequences:
      'The filter may change, slow down or refuse requests in ways that no VirtualService or policy shows. EnvoyFilters often break when Istio is upgraded.',
    causes: ['A script (Lua), rate limit or header rule was added on purpose.', 'A test was left behind.'],
    remedy: [
      ['Find the EnvoyFilter that names the filter, in this namespace or the root namespace.', COMMANDS.envoyFilters],
      ['Read what it does.', 'kubectl get envoyfilter NAME -n NAMESPACE -o yaml'],
      ['Try without it.', 'kubectl delete envoyfilter NAME -n NAMESPACE'],
    ],
  },
  'unsupported-extension': {
    explanation:
      'A filter decides by something that configuration does not hold: code (Lua, Wasm), or another service (external authorization, rate limits). mesh-trace does not run code and asks nobody.',
    consequences:
      'A trace goes on as if the filter let the request pass, and says so. In truth the filter may answer it.',
    causes: ['A WasmPlugin, EnvoyFilter or CUSTOM authorization policy applies to the workload.'],
    remedy: [
      ['See which modules there are.', COMMANDS.wasmPlugins],
      [
        'See what the filter answered in the access log (details ext_authz_denied, lua_response, …).',
        COMMANDS.serverProxyLog,
      ],
      ['Explain a flag or detail.', 'mesh-trace explain DETAIL'],
    ],
  },
};
