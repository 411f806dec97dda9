import type { Flag } from '../response-flags.js';
import type { Text } from './text.js';

/** English texts of Envoy's response flags. */
export const FLAG_TEXTS_EN: Record<Flag, Text> = {
  LH: {
    means:
      'A health probe asked this Envoy, and Envoy answered that it is not healthy. It speaks about this pod, not about the server behind it.',
    from: 'This Envoy, in its health check filter.',
    causes: [
      'The pod is shutting down, or somebody called `/healthcheck/fail` on the admin port.',
      'An EnvoyFilter adds the health check filter; Istio by itself does not use it.',
    ],
    next: [
      ['See whether the pod is ending or not ready.', 'pods'],
      ['Look for an EnvoyFilter that adds a health check.', 'envoyFilters'],
    ],
  },
  UH: {
    means:
      'Envoy knows the service but has no server address that it may use. It answers 503 by itself and sends nothing on.',
    from: 'This Envoy, when it picks an endpoint (the address of one pod) of the cluster (Envoy’s word for a service or one of its subsets).',
    causes: [
      'No pod of the service is ready, or the Service’s selector matches no pod: the cluster has no endpoints.',
      'Every endpoint was ejected by outlier detection (Envoy sets aside pods that keep failing) or fails its health check.',
      'A DestinationRule subset asks for labels that no pod carries.',
      'The connection went to BlackHoleCluster: the mesh allows known hosts only (REGISTRY_ONLY), and no ServiceEntry declares this one.',
    ],
    next: [
      ['Trace the request: the endpoints hop lists every host and why it is not used.', 'trace'],
      ['Look at the endpoints that this Envoy has, with their health.', 'endpoints'],
      ['Compare with what Kubernetes has for the Service.', 'slices'],
      ['See whether the pods are running and ready.', 'pods'],
      ['For BlackHoleCluster: see whether a ServiceEntry declares the host.', 'serviceEntries'],
    ],
  },
  UT: {
    means:
      'The server did not answer within the time that the route allows. Envoy gave up and answered 504 by itself; the server may still be working.',
    from: 'The server’s side: it was reached, and was too slow. The limit is set in this Envoy, on the route.',
    causes: [
      'The application is slow or stuck: a database, another service, a full thread pool.',
      'The `timeout` or `retries.perTryTimeout` of the VirtualService is too short for this call.',
      'Several tries share one `timeout`, which ends before the last one.',
      'A fault rule delays the request on the server’s side.',
    ],
    next: [
      ['See which timeout and retry policy the route has, and which object sets them.', 'trace'],
      ['Compare the duration in the access log with that timeout. Equal: the server was cut off.', 'proxyLog'],
      ['Look at what the application was doing.', 'appLog'],
    ],
  },
  LR: {
    means: 'This Envoy itself broke off a request that it had already begun to send to the server.',
    from: 'This Envoy, at its connection to the server.',
    causes: [
      'The endpoint or its cluster was removed or replaced while the request ran.',
      'A limit or a filter in this Envoy stopped the exchange.',
      'The server closed its half of an HTTP/1.1 connection before it had answered.',
    ],
    next: [
      ['Read the details field of the log line: the word in its brackets is the reason.', 'proxyLog'],
      ['See whether the configuration changed at that time.', 'istiodLog'],
      ['If it comes again, turn on debug logs for a minute. Set the level back to warning afterwards.', 'debugLog'],
    ],
  },
  UR: {
    means:
      'The server’s side cancelled this one request: it sent a reset instead of an answer. The connection itself may live on.',
    from: 'The server, or the Envoy in front of it.',
    causes: [
      'The application cancelled the call: an exception, a limit, a gRPC deadline.',
      'The server was shutting down or at its limit of parallel HTTP/2 requests; then the details say `remote_refused_stream_reset`, and a retry is safe.',
      'The server’s own Envoy could not reach its application, and passed the break on.',
    ],
    next: [
      ['Look at the server’s Envoy for the same request: its flag is nearer to the cause.', 'serverProxyLog'],
      ['Look at the application’s log at that time.', 'appLog'],
    ],
  },
  UF: {
    means: 'Envoy chose a server and could not connect to it. The request never reached the application.',
    from: 'Between this Envoy and the server: the TCP connection or the TLS handshake failed.',
    causes: [
      'Nothing listens there: a wrong `targetPort`, or an application that has not started or listens on 127.0.0.1 only (details end in `delayed_connect_error:_111`, connection refused).',
      'TLS does not fit: one side speaks TLS and the other does not, or a certificate is expired, not trusted, or for another name (details hold `TLS_error`).',
      'A NetworkPolicy, a firewall or a node problem drops the packets (details say `connection_timeout`).',
      'The pod has just gone, and Envoy still has its old address.',
    ],
    next: [
      [
        'Read the details field and the failure reason beside it, and paste them into `mesh-trace explain`.',
        'proxyLog',
      ],
      ['See which TLS this Envoy uses towards which endpoint, and what the server takes.', 'traceBothEnds'],
      ['Check that the address in the log is a pod that is running and ready.', 'endpoints'],
      ['Compare the Service’s `targetPort` with the port on which the application listens.', 'service'],
      ['With `TLS_error`: see this Envoy’s certificates and when they expire.', 'secrets'],
      ['With `connection_timeout`: see whether a NetworkPolicy keeps the packets out.', 'networkPolicies'],
    ],
  },
  UC: {
    means: 'The server closed the connection while Envoy was waiting for its answer.',
    from: 'The server, or the Envoy in front of it.',
    causes: [
      'The application closes idle connections sooner than Envoy does, and closed this one just as it was used again. A few of these a day, always at once: this is it.',
      'The application crashed, was killed for memory, or is shutting down.',
      'The server takes mutual TLS only and this Envoy sent plaintext, or the server refuses the client’s certificate: then every request fails.',
      'An AuthorizationPolicy on the server closes the TCP connection.',
    ],
    next: [
      ['See whether the server’s pod restarted, and why.', 'describePod'],
      ['If it did: read its last words.', 'previousLog'],
      [
        'Look at the server’s Envoy: `NR filter_chain_not_found` or `rbac_access_denied` there names the cause.',
        'serverProxyLog',
      ],
      [
        'Trace both ends: it compares the TLS that the client sends with the TLS that the server takes.',
        'traceBothEnds',
      ],
      [
        'If it is the idle time: set `idleTimeout` in a DestinationRule below the server’s keep-alive time.',
        'destinationRules',
      ],
    ],
  },
  UO: {
    means:
      'A circuit breaker is full: too many connections, waiting requests, open requests or retries towards this service at one time. Envoy refuses this one to protect the server.',
    from: 'This Envoy, at the cluster. Each Envoy counts for itself.',
    causes: [
      'The server became slow, so that requests pile up.',
      'The limits in the DestinationRule are too small (`maxConnections`, `http1MaxPendingRequests`, `http2MaxRequests`, `maxRetries`).',
      'Retries multiply the load while the server is failing.',
    ],
    next: [
      ['See the limits: `circuitBreakers.thresholds`.', 'clusterSettings'],
      ['See which one is hit: PATTERN `overflow` counts them by kind.', 'stats'],
      ['Find the DestinationRule that sets them.', 'destinationRules'],
      ['Look at why the server is slow.', 'appLog'],
    ],
  },
  NR: {
    means:
      'Nothing in Envoy’s configuration fits. For an HTTP request no route does, and Envoy answers 404. For a connection no filter chain does, and Envoy closes it.',
    from: 'This Envoy: at the virtual host or route for HTTP, at the filter chain (the part of a listener that takes a kind of connection) otherwise.',
    causes: [
      'The VirtualService has no route for this path, method or header, and no last route that takes the rest.',
      'The Host header is unknown here: the VirtualService’s host is not among the Gateway’s hosts, or the VirtualService is not bound to this gateway.',
      'A server in STRICT mode (mutual TLS only) got plaintext: no filter chain takes it.',
      'A gateway got TLS with a server name (SNI) that no server of its Gateway has, or none at all.',
      'In Envoy before 1.18 also: the route names a cluster that does not exist. Newer ones log NC.',
    ],
    next: [
      ['Trace the request: it names the hop that found nothing, and what came nearest.', 'trace'],
      ['List the routes that this Envoy really has.', 'routes'],
      ['Find the VirtualServices and their hosts and gateways.', 'virtualServices'],
      ['For a closed connection: see which mode the server demands.', 'peerAuthentications'],
    ],
  },
  DI: {
    means:
      'A fault rule held this request back on purpose before it went on. The flag marks the delay; it is no error by itself.',
    from: 'This Envoy, in its fault filter.',
    causes: ['A VirtualService has `fault.delay` on this route, often left over from a test.'],
    next: [
      ['Trace the request: it names the rule, its delay and its percentage.', 'trace'],
      ['Find the VirtualService with `fault`.', 'virtualServices'],
    ],
  },
  FI: {
    means: 'A fault rule ended this request on purpose, with the code that the rule says. The server was not asked.',
    from: 'This Envoy, in its fault filter.',
    causes: ['A VirtualService has `fault.abort` on this route, often left over from a test.'],
    next: [
      ['Trace the request: it names the rule, its code and its percentage.', 'trace'],
      ['Find the VirtualService with `fault`, and remove the rule if the test is over.', 'virtualServices'],
    ],
  },
  RL: {
    means: 'A rate limit refused the request: too many came in too short a time. The server was not asked.',
    from: 'This Envoy, in a local rate limit filter (it counts alone) or a global one (it asks a rate limit service).',
    causes: [
      'The client really sends too much, or retries without a pause.',
      'The limit counts more than was meant, for example all clients together.',
      'The limit is local and the number of pods fell, so that each gets more.',
    ],
    next: [
      ['Find the EnvoyFilter that sets the limit; Istio by itself sets none.', 'envoyFilters'],
      ['See what was counted: PATTERN `rate_limit`.', 'stats'],
    ],
  },
  UAEX: {
    means:
      'External authorization refused the request: Envoy asked another service whether it may pass, and got a no or no answer at all.',
    from: 'This Envoy, in its ext_authz filter. In Istio this is an AuthorizationPolicy with action CUSTOM; ALLOW and DENY policies leave no flag.',
    causes: [
      'The authorization service said no: no login, an expired session, a missing header.',
      'The service could not be reached or was too slow, and the filter refuses in that case (details `ext_authz_error`).',
      'The policy covers more paths than was meant.',
    ],
    next: [
      ['See which policies with action CUSTOM select this pod.', 'authorizationPolicies'],
      ['See which service their provider names (`extensionProviders`).', 'meshConfig'],
      ['Look at the authorization service’s own log for its reason, with its pod as SERVER-POD.', 'appLog'],
    ],
  },
  RLSE: {
    means: 'Envoy could not ask the rate limit service, and is set to refuse requests in that case.',
    from: 'This Envoy, in its global rate limit filter (`failure_mode_deny` is on).',
    causes: [
      'The rate limit service is down, not ready or too slow.',
      'The cluster that the filter names is missing or has no endpoints.',
    ],
    next: [
      ['See whether the rate limit service runs.', 'pods'],
      ['Find the EnvoyFilter with the rate limit filter, and its cluster.', 'envoyFilters'],
      ['See the endpoints of that cluster.', 'endpoints'],
    ],
  },
  DC: {
    means:
      'The client’s connection ended before the answer was complete. Code 0 in the log means that no answer had begun.',
    from: 'The client, or what stands between it and this Envoy. With details `downstream_local_disconnect` this Envoy closed the connection itself.',
    causes: [
      'The client’s own timeout is shorter than the time that the server needs.',
      'The user or the calling service cancelled, or its pod ended.',
      'A load balancer in front closed the connection by its idle or request timeout.',
      'This Envoy replaced its listener or shut down while the request ran (`downstream_local_disconnect(filter_chain_is_being_removed)`).',
    ],
    next: [
      ['Look at the duration in the log lines: the same number each time is somebody’s timeout.', 'proxyLog'],
      ['See why the server took that long.', 'appLog'],
      ['See whether the configuration was pushed at that time.', 'istiodLog'],
    ],
  },
  URX: {
    means:
      'Envoy tried as often as the retry policy allows, and the last try failed too. The flag beside it says how the last one failed; alone, the server’s own error was passed on.',
    from: 'The server’s side: every try failed. For TCP it means that every attempt to connect did.',
    causes: [
      'The server is down or answers with errors to everybody.',
      'All tries went to the same bad pod, or came too fast after each other.',
      'For a connection with details `local_ratelimit_close_over_limit`: a local rate limit closed it; Envoy uses this flag there too.',
    ],
    next: [
      ['Explain the flag that stands beside it first.'],
      ['See the retry policy of the route (attempts, conditions, time for each try).', 'trace'],
      ['See which endpoints there are, and whether some are ejected.', 'endpoints'],
      ['Look at the server.', 'appLog'],
    ],
  },
  SI: {
    means:
      'Nothing moved on this request for the whole stream idle timeout, and Envoy ended it: 408 while the request was still arriving, 504 after that.',
    from: 'This Envoy; the one that fell silent is the client (408) or the server (504). Istio turns this timeout off (`stream_idle_timeout: 0s`), so something set it.',
    causes: [
      'A long poll, a stream or a websocket without traffic and without pings.',
      'The client stopped in the middle of an upload.',
      'An EnvoyFilter, or a route’s `idle_timeout`, sets a limit that is too short.',
    ],
    next: [
      ['See the idle timeouts of the route.', 'routes'],
      ['Find the EnvoyFilter that sets `stream_idle_timeout`.', 'envoyFilters'],
    ],
  },
  IH: {
    means: 'The client sent an `x-envoy-…` header with a value that the router checks strictly and does not accept.',
    from: 'The client; the refusal is by this Envoy’s router, where `strict_check_headers` is set.',
    causes: [
      'A client or a proxy before this one sends a wrong `x-envoy-max-retries`, `x-envoy-upstream-rq-timeout-ms` or the like.',
    ],
    next: [
      ['Read the header’s name in the details field.', 'proxyLog'],
      ['Find the EnvoyFilter that sets `strict_check_headers`; Istio does not.', 'envoyFilters'],
    ],
  },
  DPE: {
    means: 'The client sent something that Envoy cannot read as HTTP, or that breaks the rules of HTTP.',
    from: 'The client’s side; seen by this Envoy as it reads the request, before any route is chosen.',
    causes: [
      'TLS, or another protocol, was sent to a port that the mesh takes for plain HTTP: the Service port’s name or `appProtocol` does not fit.',
      'The headers are too large or too many (then the code is 431).',
      'A load balancer sends the PROXY protocol, and this listener does not expect it.',
      'A client sends invalid characters, or Content-Length together with Transfer-Encoding.',
    ],
    next: [
      ['Read the details field: `http1.…` or `http2.…` says what was wrong.', 'proxyLog'],
      ['Check the port’s `name` and `appProtocol`.', 'service'],
      ['See which protocol this Envoy expects on the port.', 'listeners'],
    ],
  },
  UMSDR: {
    means: 'The request lived longer than its maximum, and Envoy ended it.',
    from: 'This Envoy, by the route’s or cluster’s `max_stream_duration`. It counts the whole life of a stream, also a busy one.',
    causes: [
      'A long stream (gRPC, websocket, download) on a route with a maximum duration.',
      'A gRPC client’s deadline (`grpc-timeout`) where the route honours it.',
    ],
    next: [
      ['See `maxStreamDuration` of the route.', 'routes'],
      ['See `maxStreamDuration` of the cluster.', 'clusterSettings'],
    ],
  },
  RFCF: {
    means: 'The answer came out of Envoy’s cache. The server was not asked. This is no error.',
    from: 'This Envoy, in its cache filter.',
    causes: ['An EnvoyFilter adds the cache filter; Istio by itself does not use it.'],
    next: [['Find the EnvoyFilter, if the answer is too old.', 'envoyFilters']],
  },
  NFCF: {
    means:
      'A filter’s configuration has not arrived, and Envoy refuses requests with 500 rather than leave the filter out.',
    from: 'This Envoy: a filter whose configuration comes separately (ECDS, which Istio uses for WasmPlugin and some EnvoyFilters).',
    causes: [
      'The image of a WasmPlugin cannot be fetched: wrong name, no credentials, no network.',
      'Envoy rejected the filter’s configuration.',
      'The proxy has just started and istiod has not sent it yet, or istiod is not reachable.',
    ],
    next: [
      ['See whether ECDS is in step for this proxy.', 'status'],
      ['Look for the fetch or the rejection.', 'proxyLog'],
      ['Find the WasmPlugins that select this pod.', 'wasmPlugins'],
    ],
  },
  DT: {
    means: 'The connection reached its maximum age, and Envoy closed it. What was still running on it ended with it.',
    from: 'This Envoy, by a limit on how long one client connection may live.',
    causes: [
      'A DestinationRule sets `connectionPool.tcp.maxConnectionDuration`.',
      'An EnvoyFilter sets `max_connection_duration` or `max_downstream_connection_duration`.',
    ],
    next: [
      ['Find the DestinationRule.', 'destinationRules'],
      ['Find the EnvoyFilter.', 'envoyFilters'],
    ],
  },
  UPE: {
    means:
      'The server’s answer is not valid HTTP, and Envoy threw it away: 502. Old versions answered 503 with UC for the same.',
    from: 'The server’s side. The application may log a success: it sent its answer, and Envoy could not accept it.',
    causes: [
      'The application sends a header twice that may come once only; `transfer-encoding: chunked` is the usual one.',
      'The port speaks another protocol or HTTP version than its name says (a `grpc` port with an HTTP/1.1 server, or the reverse).',
      'The answer’s headers are too large, too many, or hold invalid characters.',
    ],
    next: [
      ['Read the details and the failure reason in the log line.', 'proxyLog'],
      ['Look at the raw answer: call the application from inside its pod with `curl -v`.'],
      ['Check the port’s `name` and `appProtocol`.', 'service'],
    ],
  },
  NC: {
    means:
      'The route points at a cluster (a service, or a subset of one) that this Envoy does not have. Envoy answers by itself. The code is 503 where the route sets no other. Envoy before 1.18 logs NR, without details.',
    from: 'This Envoy, after the route was chosen.',
    causes: [
      'A VirtualService names a subset that no DestinationRule defines.',
      'The destination host has a typing error, or is a short name that is completed with the VirtualService’s namespace.',
      'A Sidecar, or `exportTo`, hides the service or the DestinationRule from this workload.',
      'The cluster has not arrived yet, or Envoy rejected it.',
    ],
    next: [
      ['Trace the request: it names the route, the missing cluster, and the object to change.', 'trace'],
      ['List the clusters that this Envoy has for the host.', 'clusters'],
      ['Find the DestinationRule and its subsets.', 'destinationRules'],
      ['Let istioctl look for objects that point at nothing.', 'analyze'],
      ['See whether istiod sent it and Envoy took it.', 'diff'],
    ],
  },
  OM: {
    means:
      'Envoy is short of a resource, such as memory or connections, and its overload manager refused or ended the request.',
    from: 'This Envoy.',
    causes: [
      'The memory limit of istio-proxy is too small for the configuration or the traffic.',
      'Far more connections than usual arrive.',
    ],
    next: [
      ['See which resource is short.', 'overload'],
      ['See what the proxy uses.', 'top'],
      ['Reduce what the proxy must know: a Sidecar object with few hosts.', 'sidecars'],
    ],
  },
  DF: {
    means: 'Envoy had to look up the host’s name by itself, and DNS gave no address.',
    from: 'This Envoy, in a dynamic forward proxy: the request’s host decides where it goes, and DNS says where that is.',
    causes: [
      'The host does not exist, or has a typing error.',
      'The DNS servers cannot be reached, or answer too slowly.',
      'The name has addresses of one family only (IPv4 or IPv6) and Envoy asks for the other.',
    ],
    next: [
      ['Look up the name from the pod.', 'lookup'],
      ['See what Envoy’s DNS cache says: PATTERN `dns_cache`.', 'stats'],
    ],
  },
  DO: {
    means: 'The control plane told Envoy to drop a share of the requests to this cluster, and this was one of them.',
    from: 'This Envoy, by `drop_overloads` in the endpoints that it was given.',
    causes: ['The control plane sheds load. Istio does not use this; another control plane does.'],
    next: [['Look at the policy of the cluster’s endpoints.', 'endpoints'], ['Ask those who run the control plane.']],
  },
  DR: {
    means:
      'The client cancelled this one request (an HTTP/2 or HTTP/3 stream reset) and kept its connection. Envoy before 1.30 has no flag for it.',
    from: 'The client, or the Envoy in front of it.',
    causes: [
      'The caller’s deadline passed, or it no longer needs the answer. gRPC clients do this all the time.',
      'The caller’s own caller went away, and the break was passed on.',
    ],
    next: [
      ['Look at the duration in the log lines: the same number each time is a deadline.', 'proxyLog'],
      ['Look at the caller’s Envoy for the same request.', 'logs'],
    ],
  },
  UDO: {
    means: 'The control plane told Envoy to drop all requests to this cluster.',
    from: 'This Envoy, by `drop_overloads` of 100 % in the endpoints that it was given.',
    causes: [
      'The control plane has switched the service off, or knows no healthy endpoint. Istio does not use this; another control plane does.',
    ],
    next: [['Look at the policy of the cluster’s endpoints.', 'endpoints'], ['Ask those who run the control plane.']],
  },
};
