import type { DetailGroup } from '../response-details.js';
import type { GroupText } from './text.js';

/** English texts that the details of one group share. */
export const GROUP_TEXTS_EN: Record<DetailGroup, GroupText> = {
  answer: {
    from: 'The server’s side: Envoy only passed it on.',
    causes: ['The application, or a proxy nearer to it, decided so.'],
    next: [
      ['Look at the server’s Envoy: if its line has other details, that one made the answer.', 'serverProxyLog'],
      ['Look at the application.', 'appLog'],
    ],
  },
  routing: {
    from: 'This Envoy, in its router: from its configuration alone, before anything was sent on.',
    causes: ['The routes, clusters or endpoints that this Envoy has do not fit the request.'],
    next: [
      ['Trace the request: it names the hop, the object and what came nearest.', 'trace'],
      ['List the routes that this Envoy really has.', 'routes'],
      ['See whether istiod’s configuration is what Envoy runs.', 'diff'],
    ],
  },
  overload: {
    from: 'This Envoy, to protect itself or the server.',
    causes: ['More load than the limits allow, or limits that are too small.'],
    next: [
      ['See what the proxy uses.', 'top'],
      ['See which resource is short.', 'overload'],
      ['Find the EnvoyFilter or DestinationRule that sets the limit.', 'envoyFilters'],
    ],
  },
  reset: {
    from: 'Between this Envoy and the server that it chose.',
    causes: ['The server could not be reached, broke off, or sent what Envoy could not take.'],
    next: [
      ['Read the words in the brackets: the first is what happened, the rest is why.', 'proxyLog'],
      ['Look at the server’s Envoy for the same request.', 'serverProxyLog'],
      ['Trace both ends: ports, TLS and policies of both sides.', 'traceBothEnds'],
      ['See whether the server’s pod restarted.', 'describePod'],
    ],
  },
  timeout: {
    from: 'The side that Envoy waited for; the limit is set in this Envoy.',
    causes: ['The other side is slow, or the limit is too short for this call.'],
    next: [
      ['See the timeouts of the route, and which object sets them.', 'trace'],
      ['Compare the duration in the log with the limits.', 'proxyLog'],
      ['Look at what the application was doing.', 'appLog'],
    ],
  },
  client: {
    from: 'The client, or the proxy or load balancer in front of this Envoy.',
    causes: ['The caller’s timeout is shorter than the answer took.', 'The caller cancelled or ended.'],
    next: [
      ['Look at the duration in the log lines: the same number each time is somebody’s timeout.', 'proxyLog'],
      ['See why the server took that long.', 'appLog'],
    ],
  },
  'bad-request': {
    from: 'The client; this Envoy refused the request before any filter or route.',
    causes: [
      'A client, or a proxy before this one, sends a request that breaks the rules or asks for what is not allowed here.',
    ],
    next: [
      ['See the exact request: method, path, host, user agent.', 'proxyLog'],
      ['Trace it: the network-filters hop says what Envoy checks.', 'trace'],
    ],
  },
  codec: {
    from: 'The reader of HTTP in this Envoy (the codec). The request was not understood, so no route was chosen.',
    causes: [
      'The port carries another protocol than its name or `appProtocol` says (TLS to a plain port, TCP to an HTTP port).',
      'A client or proxy before this one sends HTTP that is not quite right.',
    ],
    next: [
      ['See who sends it: the client’s address in the log line.', 'proxyLog'],
      ['Check the port’s `name` and `appProtocol`.', 'service'],
      ['See which protocol this Envoy expects on the port.', 'listeners'],
    ],
  },
  size: {
    from: 'This Envoy: a filter that must hold the whole body met its limit.',
    causes: ['The body is larger than the buffer limit of the connection or the filter.'],
    next: [
      ['Find the EnvoyFilter or WasmPlugin that holds bodies back.', 'envoyFilters'],
      ['See the limits: `perConnectionBufferLimitBytes`.', 'listeners'],
    ],
  },
  filter: {
    from: 'A filter in this Envoy: an extension, not the router and not the server.',
    causes: ['An EnvoyFilter or WasmPlugin that selects this pod does it.'],
    next: [
      ['Find the EnvoyFilters.', 'envoyFilters'],
      ['Find the WasmPlugins.', 'wasmPlugins'],
      ['Look for what the filter itself logs.', 'proxyLog'],
    ],
  },
  security: {
    from: 'A security filter in this Envoy. The application was not asked.',
    causes: ['A policy that selects this pod does not let the request pass.'],
    next: [
      ['Trace the request: it names the policy and the rule.', 'trace'],
      ['List the policies that this pod’s Envoy has.', 'authz'],
      ['Find the AuthorizationPolicies.', 'authorizationPolicies'],
    ],
  },
  rate: {
    from: 'A rate limit filter in this Envoy. The application was not asked.',
    causes: ['The client sends too much, or the limit counts more than was meant.'],
    next: [
      ['Find the EnvoyFilter that sets the limit.', 'envoyFilters'],
      ['See what was counted: PATTERN `rate_limit`.', 'stats'],
    ],
  },
  health: {
    from: 'This Envoy’s health check filter, in answer to a probe.',
    causes: ['An EnvoyFilter adds this filter; Istio by itself does not use it.'],
    next: [
      ['See whether the pod is ready.', 'pods'],
      ['Find the EnvoyFilter.', 'envoyFilters'],
    ],
  },
  dns: {
    from: 'This Envoy, in a dynamic forward proxy: it looks up the request’s host by itself.',
    causes: ['The name does not exist, DNS is slow or out of reach, or too many lookups wait.'],
    next: [
      ['Look up the name from the pod.', 'lookup'],
      ['See what Envoy’s DNS cache says: PATTERN `dns_cache`.', 'stats'],
    ],
  },
  grpc: {
    from: 'A filter in this Envoy that translates between gRPC and another form.',
    causes: ['The body is not what the filter was told to expect.'],
    next: [
      ['Find the EnvoyFilter that adds the translation.', 'envoyFilters'],
      ['Look at the request’s content type and body at the client.'],
    ],
  },
  tcp: {
    from: 'This Envoy, which closed the connection.',
    causes: ['A limit on the connection was reached, or its configuration went away.'],
    next: [
      ['Look at the duration in the log lines: the same number each time is a limit.', 'proxyLog'],
      ['See the timeouts of the listener’s filters.', 'listeners'],
      ['Find DestinationRules with `connectionPool.tcp`.', 'destinationRules'],
    ],
  },
};
