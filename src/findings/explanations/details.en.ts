import type { Detail } from '../response-details.js';
import type { PartialText } from './text.js';

/** English texts of response code details and connection termination details. */
export const DETAIL_TEXTS_EN: Record<Detail, PartialText> = {
  via_upstream: {
    means:
      'The server’s side gave this answer, and Envoy passed it on. Whatever the code says, this Envoy’s configuration is not the reason.',
  },
  'cache.response_from_cache_filter': {
    means: 'The answer came out of Envoy’s cache.',
    from: 'This Envoy, in its cache filter.',
    causes: ['An EnvoyFilter adds the cache filter.'],
    next: [['Find the EnvoyFilter.', 'envoyFilters']],
  },
  'cache.insert_via_upstream': { means: 'The server gave the answer, and Envoy stored it in its cache.' },
  admin_filter_response: {
    means: 'Envoy’s own admin interface answered.',
    from: 'This Envoy.',
    causes: ['The request went to the admin port (15000) or to what forwards to it.'],
    next: [['Look at the port and the path in the log line.', 'proxyLog']],
  },
  internal_redirect: {
    means:
      'The server answered with a redirect, and Envoy followed it by itself. This line is the first half; the answer is in the next line.',
    from: 'This Envoy, by the route’s internal redirect policy.',
    causes: ['The route has `internal_redirect_policy`, which comes from an EnvoyFilter.'],
    next: [['See the route.', 'routes']],
  },
  route_not_found: {
    means:
      'No route fits the request: no virtual host has its host, or none of the host’s routes takes its path, method or headers.',
    causes: [
      'The VirtualService has no route for this path, method or header, and no last route that takes the rest.',
      'The Host header is unknown here, or the VirtualService is not bound to this gateway.',
    ],
  },
  route_configuration_not_found: {
    means: 'Envoy has no route table for this request: the table has not arrived, or no scope fits.',
    causes: [
      'istiod has not sent the table, or Envoy rejected it.',
      'Scoped routes are used, and the request’s key has no scope.',
    ],
    next: [
      ['See whether routes (RDS) are in step for this proxy.', 'status'],
      ['Look for a rejection.', 'proxyLog'],
    ],
  },
  direct_response: {
    means:
      'The route itself answers: a redirect or a fixed response that the configuration holds. No server was asked.',
    causes: [
      'A VirtualService has `redirect` or `directResponse` on this route.',
      'A Gateway has `tls.httpsRedirect`: plain HTTP gets 301.',
      'In a REGISTRY_ONLY mesh the virtual host `block_all` answers 502 to hosts that the mesh does not know.',
    ],
  },
  cluster_not_found: {
    means: 'The route points at a cluster (a service, or a subset of one) that this Envoy does not have.',
    causes: [
      'A VirtualService names a subset that no DestinationRule defines, or a host that does not exist.',
      'A Sidecar or `exportTo` hides the service from this workload.',
      'The cluster has not arrived yet, or Envoy rejected it.',
    ],
    next: [
      ['Trace the request: it names the route, the missing cluster, and the object to change.', 'trace'],
      ['List the clusters that this Envoy has for the host.', 'clusters'],
      ['Find the DestinationRule and its subsets.', 'destinationRules'],
      ['See whether istiod sent it and Envoy took it.', 'diff'],
    ],
  },
  no_healthy_upstream: {
    means: 'The cluster has no endpoint that may be used: none at all, or none that is healthy.',
    causes: [
      'No pod of the service or subset is ready, or the selector matches none.',
      'Every endpoint was ejected by outlier detection or fails its health check.',
    ],
    next: [
      ['Trace the request: the endpoints hop lists every host and why it is not used.', 'trace'],
      ['Look at the endpoints that this Envoy has.', 'endpoints'],
      ['Compare with what Kubernetes has for the Service.', 'slices'],
      ['See whether the pods are running and ready.', 'pods'],
    ],
  },
  maintenance_mode: {
    means: 'The cluster is switched to maintenance: a share of its requests is refused on purpose.',
    causes: ['A runtime setting `upstream.maintenance_mode.CLUSTER` is on.'],
    next: [['Ask those who set the proxy’s runtime values (bootstrap, EnvoyFilter).', 'envoyFilters']],
  },
  drop_overload: {
    means: 'The control plane told Envoy to drop a share of the requests to this cluster.',
    causes: ['The control plane sheds load. Istio does not use this; another control plane does.'],
    next: [['Look at the policy of the cluster’s endpoints.', 'endpoints']],
  },
  unconditional_drop_overload: {
    means: 'The control plane told Envoy to drop all requests to this cluster.',
    causes: ['The control plane has switched the service off. Istio does not use this; another control plane does.'],
    next: [['Look at the policy of the cluster’s endpoints.', 'endpoints']],
  },
  overload: { means: 'Envoy is short of memory or another resource, and its overload manager refused the request.' },
  overload_error: { means: 'Envoy is short of a resource and closed the connection while it read the request.' },
  reached_concurrency_limit: {
    means: 'The adaptive concurrency filter refused the request: the server’s latency says that it has enough to do.',
  },
  denied_by_admission_control: {
    means: 'The admission control filter refused the request: too many earlier requests to this server failed.',
  },
  upstream_reset_before_response_started: {
    means: 'The exchange with the server broke before any answer came. The words in the brackets say how.',
  },
  upstream_reset_after_response_started: {
    means:
      'The exchange with the server broke in the middle of the answer. The client got the code that stands in the log, and a body that is cut off.',
    causes: [
      'The server crashed, was stopped or cancelled while it was sending.',
      'A timeout on the way ended a long answer.',
    ],
  },
  response_timeout: {
    means: 'The server did not answer within the route’s timeout.',
    causes: ['The application is slow or stuck.', 'The `timeout` of the VirtualService is too short for this call.'],
  },
  upstream_response_timeout: {
    means: 'The server did not answer within the route’s timeout. This is the older name of `response_timeout`.',
    causes: ['The application is slow or stuck.', 'The `timeout` of the VirtualService is too short for this call.'],
  },
  upstream_per_try_timeout: {
    means: 'The last try did not answer within the time for one try.',
    causes: ['The application is slow or stuck.', '`retries.perTryTimeout` of the VirtualService is too short.'],
  },
  upstream_per_try_idle_timeout: {
    means: 'Nothing moved on the last try for the idle time of one try.',
    causes: ['The server fell silent in the middle.', 'The retry policy’s `per_try_idle_timeout` is too short.'],
  },
  upstream_max_stream_duration_reached: {
    means: 'The request lived longer than the maximum of its route or cluster.',
    causes: ['A long stream on a route with `max_stream_duration`.', 'A gRPC deadline that the route honours.'],
  },
  max_duration_timeout: {
    means: 'The request lived longer than the maximum that the connection manager allows.',
    from: 'This Envoy, by `max_stream_duration` of its connection manager.',
    causes: ['A long stream, and an EnvoyFilter with a maximum duration.'],
  },
  stream_idle_timeout: {
    means: 'Nothing moved on the request for the idle time, in neither direction.',
    from: 'This Envoy. The silent side is the client (408) or the server (504). Istio turns this timeout off, so something set it.',
    causes: ['A stream without traffic or pings.', 'An EnvoyFilter, or a route’s `idle_timeout`, that is too short.'],
  },
  request_overall_timeout: {
    means: 'The client did not send its whole request within the time that Envoy gives it.',
    from: 'The client; the limit is `request_timeout` of this Envoy’s connection manager.',
    causes: ['A slow or broken upload.', 'An EnvoyFilter with a `request_timeout` that is too short.'],
  },
  request_header_timeout: {
    means: 'The client did not send its complete headers in time.',
    from: 'The client; the limit is `request_headers_timeout` of this Envoy’s connection manager.',
    causes: ['A broken or hostile client, or a very slow network.'],
  },
  downstream_header_timeout: {
    means: 'The client did not send its complete headers in time.',
    from: 'The client; the limit is set in this Envoy.',
    causes: ['A broken or hostile client, or a very slow network.'],
  },
  downstream_remote_disconnect: { means: 'The client closed its connection before the answer was complete.' },
  downstream_local_disconnect: {
    means: 'This Envoy closed the client’s connection while a request was running. The words in the brackets say why.',
    from: 'This Envoy.',
    causes: [
      'Its listener or filter chain was replaced by a push, and the time to drain ended.',
      'The pod is shutting down, and `terminationDrainDuration` is shorter than the request.',
      'The client sent what cannot be read as HTTP (`codec_error`).',
    ],
    next: [
      [
        'See whether listeners were pushed at that time; an EnvoyFilter that changes all the time does this.',
        'istiodLog',
      ],
      ['See whether the pod was ending.', 'pods'],
    ],
  },
  missing_host_header: {
    means: 'The request has no Host header (`:authority`). Envoy cannot choose a virtual host.',
    causes: ['An HTTP/1.0 client or a hand-made probe sends none.'],
  },
  missing_path_rejected: { means: 'The request has no path.' },
  invalid_path: { means: 'The request’s path is not valid.' },
  absolute_path_rejected: {
    means:
      'The request line holds a whole URL (`GET http://host/path`), as sent to a forward proxy, and this listener does not take that.',
    causes: ['The client uses the gateway or sidecar as an HTTP proxy (`http_proxy` is set).'],
  },
  path_normalization_failed: {
    means:
      'Envoy could not bring the path into its normal form, or it has escaped slashes (`%2F`) that are not allowed here.',
    causes: [
      'A path with broken escapes or `..` that leads above the root.',
      'Mesh-wide path normalization refuses escaped slashes.',
    ],
    next: [
      ['See `pathNormalization` of the mesh.', 'meshConfig'],
      ['See the exact path.', 'proxyLog'],
    ],
  },
  low_version: {
    means: 'The client speaks HTTP/1.0 or 0.9, which is off here. Envoy answers 426 and asks for a newer version.',
    causes: [
      'An old client, or a load balancer or nginx that talks HTTP/1.0 to its backends (`proxy_http_version 1.1` mends nginx).',
    ],
    next: [
      ['See who sends it.', 'proxyLog'],
      ['Or let Envoy accept HTTP/1.0: `PILOT_HTTP10` of istiod.', 'meshConfig'],
    ],
  },
  upgrade_failed: {
    means: 'The client asked for an upgrade (websocket, CONNECT or another) that is not allowed here.',
    causes: [
      'The upgrade is not in `upgrade_configs` of the connection manager or of the route.',
      'The client uses CONNECT through something that is no forward proxy.',
    ],
  },
  request_headers_failed_strict_check: {
    means: 'The `x-envoy-…` header named in the brackets has a value that the router does not accept.',
    causes: ['A client or proxy before this one sends a wrong value, and `strict_check_headers` is set.'],
  },
  rejecting_because_detection_failed: {
    means: 'Envoy must find the client’s original address in the request and could not, and refuses such requests.',
    causes: ['An extension for the original IP is configured, and the header that it reads is missing.'],
  },
  early_connect_data: {
    means: 'The client sent data after CONNECT before it was told that the tunnel stands.',
    causes: ['A client that does not wait for the 200. Envoy refuses that only where it is told to.'],
  },
  codec_error: { means: 'The request could not be read as HTTP. The words after the colon are the parser’s.' },
  websocket_handshake_unsuccessful: {
    means: 'The server did not agree to the websocket: its answer was not 101.',
    causes: ['The application does not serve websockets on this path.'],
  },
  'http1.codec_error': {
    means: 'The bytes are not valid HTTP/1.1.',
    causes: [
      'TLS was sent to a plain HTTP port, or another protocol to a port named `http`.',
      'A load balancer sends the PROXY protocol, and the listener does not expect it.',
    ],
  },
  'http1.body_disallowed': { means: 'A body came with a request that must not have one.' },
  'http1.connection_header_rejected': { means: 'The Connection header is malformed or too long.' },
  'http1.content_length_and_chunked_not_allowed': {
    means: 'The request has both Content-Length and `Transfer-Encoding: chunked`. That is unsafe, and refused.',
  },
  'http1.content_length_not_allowed': {
    means: 'The server’s answer has a Content-Length where none is allowed.',
    from: 'The server’s side.',
    causes: ['The application or its framework sends a wrong header.'],
  },
  'http1.headers_too_large': {
    means: 'The headers are larger than the limit (60 KiB where nothing else is set).',
    causes: ['Cookies or tokens grew too large.', 'A loop adds headers again and again.'],
  },
  'http1.invalid_characters': { means: 'The headers hold characters that are not allowed.' },
  'http1.invalid_scheme': { means: 'The URL in the request line has a scheme other than http and https.' },
  'http1.invalid_transfer_encoding': { means: 'The Transfer-Encoding header has a value that Envoy does not take.' },
  'http1.invalid_url': { means: 'The request’s URL is not valid.' },
  'http1.https_url_on_plaintext_connection': {
    means: 'The request line holds an https URL, and the connection is not TLS.',
  },
  'http1.too_many_headers': { means: 'The request has more headers than the limit (100 where nothing else is set).' },
  'http1.transfer_encoding_not_allowed': {
    means: 'The server’s answer has a Transfer-Encoding where none is allowed.',
    from: 'The server’s side.',
    causes: ['The application or its framework sends a wrong header.'],
  },
  'http1.unexpected_underscore': { means: 'A header name has an underscore, and Envoy is set to refuse those.' },
  'http2.inbound_empty_frames_flood': { means: 'The other side sends empty HTTP/2 frames in masses, like an attack.' },
  'http2.invalid.header.field': { means: 'One of the HTTP/2 headers is not valid.' },
  'http2.outbound_frames_flood': {
    means: 'The other side makes Envoy queue too many HTTP/2 frames: it asks, and does not read the answers.',
  },
  'http2.too_many_headers': {
    means: 'There are more headers or trailers than the limit (100 where nothing else is set).',
  },
  'http2.unexpected_underscore': { means: 'A header name has an underscore, and Envoy is set to refuse those.' },
  'http2.unknown.nghttp2.error': { means: 'The HTTP/2 library met an error that it does not explain.' },
  'http2.unknown.oghttp2.error': { means: 'The HTTP/2 library met an error that it does not explain.' },
  'http2.violation.of.messaging.rule': {
    means:
      'The message breaks a rule of HTTP/2: a header that is not allowed there, or a body that does not have the announced length.',
  },
  'http2.remote_refuse': {
    means: 'The other side refused this one HTTP/2 request before it worked on it. It may be sent again without harm.',
  },
  'http2.remote_reset': { means: 'The other side cancelled this one HTTP/2 request.' },
  'http3.headers_too_large': { means: 'The HTTP/3 headers or trailers are larger than the limit.' },
  'http3.inconsistent_content_length': { means: 'The body does not have the length that Content-Length says.' },
  'http3.invalid_header_field': { means: 'One of the HTTP/3 headers is not valid.' },
  'http3.too_many_headers': { means: 'There are more HTTP/3 headers than the limit.' },
  'http3.too_many_trailers': { means: 'There are more HTTP/3 trailers than the limit.' },
  'http3.unexpected_underscore': { means: 'A header name has an underscore, and Envoy is set to refuse those.' },
  'http3.remote_refuse': {
    means: 'The other side refused this one HTTP/3 request before it worked on it. It may be sent again without harm.',
  },
  'http3.remote_reset': { means: 'The other side cancelled this one HTTP/3 request.' },
  request_payload_too_large: { means: 'The request’s body is larger than what a filter in this Envoy can hold.' },
  response_payload_too_large: {
    means: 'The answer’s body is larger than what a filter in this Envoy can hold.',
    from: 'The server’s answer, and a filter in this Envoy that must hold all of it.',
  },
  request_payload_exceeded_retry_buffer_limit: {
    means: 'Envoy keeps the body in case it must try again, and the body became too large while it waited to do so.',
    causes: ['A large upload on a route with retries, to a server that fails.'],
  },
  filter_removed_required_request_headers: {
    means: 'A filter removed or spoiled a request header that must be there (host, path, method).',
  },
  filter_removed_required_response_headers: {
    means: 'A filter removed or spoiled the answer’s status, or the status is not valid.',
  },
  filter_removed_required_headers: { means: 'A filter removed a header that must be there. This is an older name.' },
  filter_added_invalid_request_data: { means: 'A filter added request data at a moment when it must not.' },
  filter_added_invalid_response_data: { means: 'A filter added response data at a moment when it must not.' },
  lua_response: {
    means: 'A Lua script in this Envoy answered by itself.',
    causes: ['An EnvoyFilter holds the script.'],
    next: [['Find the EnvoyFilter and read its script.', 'envoyFilters']],
  },
  wasm_fail_stream: {
    means: 'A Wasm extension failed: it crashed, or its code could not be loaded. Requests are refused until it works.',
    causes: [
      'The WasmPlugin’s image could not be fetched, or does not fit this Envoy.',
      'The extension crashed. With `failStrategy: FAIL_OPEN` it would be skipped.',
    ],
    next: [
      ['Look for the crash or the fetch.', 'proxyLog'],
      ['Find the WasmPlugins that select this pod.', 'wasmPlugins'],
    ],
  },
  wasm_close_stream: {
    means: 'A Wasm extension closed the request on purpose.',
    next: [['Find the WasmPlugins that select this pod.', 'wasmPlugins']],
  },
  ext_proc_error: {
    means: 'The external processing service could not be asked, answered too late, or answered wrongly.',
    causes: [
      'The service is down or not ready (`gRPC_error_14`: not reachable).',
      'It needs more time than the filter’s `message_timeout` allows.',
    ],
    next: [
      ['See whether the service runs.', 'pods'],
      ['See the endpoints of its cluster.', 'endpoints'],
      ['Find the EnvoyFilter with the filter.', 'envoyFilters'],
    ],
  },
  rbac_access_denied_matched_policy: {
    means:
      'An AuthorizationPolicy refused the request: 403 `RBAC: access denied`, or a closed connection for TCP. The brackets name the policy; `none` means that there are ALLOW policies and none of them fits.',
    causes: [
      'A DENY policy matches the request.',
      'No ALLOW policy matches: its `principals` need mutual TLS and the client came in plaintext, or the service account, path or port differs.',
      'A rule asks for `requestPrincipals` and the request has no valid token.',
    ],
    next: [
      [
        'Trace the request on the server’s side, with the client’s principal: it names the rule and what did not fit.',
        'traceBothEnds',
      ],
      ['Find the AuthorizationPolicies.', 'authorizationPolicies'],
      ['See what Envoy compares: turn on the RBAC log for a minute.', 'rbacLog'],
    ],
  },
  rbac_access_denied: {
    means: 'An AuthorizationPolicy refused the request. This older form does not name the policy.',
  },
  rbac_deny_close: { means: 'An AuthorizationPolicy for TCP refused the connection, and Envoy closed it.' },
  jwt_authn_access_denied: {
    means:
      'The token (JWT) of the request is missing or not valid, and a RequestAuthentication or an equal rule demands a valid one.',
    causes: [
      'The client sends an expired token, one of another issuer, or one for another audience (then the code is 403).',
      'Envoy does not have the issuer’s current keys (JWKS): they were changed, or istiod could not fetch them.',
    ],
    next: [
      ['Read the words in the brackets: they say what is wrong with the token.', 'proxyLog'],
      ['Find the RequestAuthentications: issuer, audiences, jwksUri.', 'requestAuthentications'],
      ['See whether istiod fetched the keys.', 'istiodLog'],
    ],
  },
  istio_authn_access_denied: {
    means:
      'Istio’s old authentication filter (Istio 1.4 and before) refused the request: mutual TLS or token missing or wrong.',
    next: [
      ['Find the authentication policies of the namespace.', 'requestAuthentications'],
      ['See the mode that the server demands.', 'peerAuthentications'],
    ],
  },
  ext_authz_denied: {
    means: 'The external authorization service said no.',
    causes: ['No login, an expired session, or a header that the service needs and does not get.'],
    next: [
      ['See which service the provider names (`extensionProviders`).', 'meshConfig'],
      ['Look at that service’s log for its reason, with its pod as SERVER-POD.', 'appLog'],
      ['Find the AuthorizationPolicies with action CUSTOM.', 'authorizationPolicies'],
    ],
  },
  ext_authz_error: {
    means:
      'The external authorization service could not be asked or was too slow, and the filter refuses in that case.',
    causes: [
      'The service is down, not ready, or hidden from this proxy.',
      'Its timeout is too short, or its port or protocol is wrong in `extensionProviders`.',
    ],
    next: [
      ['See the provider’s service, port and timeout.', 'meshConfig'],
      ['See the endpoints of its cluster.', 'endpoints'],
    ],
  },
  ext_authz_close: {
    means: 'The external authorization service refused the TCP connection, and Envoy closed it.',
    next: [['See which service the provider names (`extensionProviders`).', 'meshConfig']],
  },
  csrf_origin_mismatch: {
    means: 'The request changes something, and its Origin header is not the site’s own: the CSRF filter refused it.',
    next: [['Find the EnvoyFilter with the CSRF filter.', 'envoyFilters']],
  },
  cors_response: {
    means: 'Envoy answered a browser’s CORS question (a preflight OPTIONS request) by itself. This is no error.',
    from: 'This Envoy, by the `corsPolicy` of a VirtualService.',
    causes: ['A browser asks before a call to another site.'],
    next: [['If the browser refuses all the same: compare the origin with `corsPolicy`.', 'virtualServices']],
  },
  fault_filter_abort: {
    means: 'A fault rule ended the request on purpose.',
    from: 'This Envoy, in its fault filter.',
    causes: ['A VirtualService has `fault.abort` on this route, often left over from a test.'],
    next: [
      ['Trace the request: it names the rule, its code and its percentage.', 'trace'],
      ['Find the VirtualService with `fault`.', 'virtualServices'],
    ],
  },
  request_rate_limited: { means: 'The rate limit service said that there were too many requests.' },
  local_rate_limited: { means: 'This Envoy’s own rate limit is used up. Each proxy counts for itself.' },
  rate_limiter_error: {
    means: 'The rate limit service could not be asked, and the filter refuses in that case.',
    causes: ['The rate limit service is down or too slow, or its cluster is missing.'],
  },
  ratelimit_close_over_limit: {
    means: 'The rate limit service allows no more connections now, and Envoy closed this one.',
  },
  local_ratelimit_close_over_limit: {
    means: 'This Envoy’s own limit of new connections is used up, and it closed this one. The flag beside it is URX.',
  },
  health_check_ok: { means: 'The probe was told that all is well.' },
  health_check_ok_cluster_healthy: {
    means: 'The probe was told that all is well: enough endpoints of the clusters are healthy.',
  },
  health_check_failed: {
    means: 'The probe was told that this Envoy is not healthy: it is draining or was set to fail.',
  },
  health_check_failed_cluster_unhealthy: {
    means: 'The probe was told no: too few endpoints of a cluster are healthy.',
  },
  health_check_failed_cluster_empty: {
    means: 'The probe was told no: a cluster that the filter looks at has no endpoints.',
  },
  health_check_failed_no_cluster_found: {
    means: 'The probe was told no: a cluster that the filter looks at does not exist.',
  },
  dns_resolution_failure: {
    means: 'DNS gave no address for the request’s host. The brackets hold what the resolver said.',
  },
  dns_cache_overflow: { means: 'Envoy’s DNS cache is full: too many different hosts.' },
  dynamic_forward_proxy_pending_request_overflow: { means: 'Too many requests wait for DNS at one time.' },
  dynamic_forward_proxy_cluster_is_gone: { means: 'The cluster was removed while the request waited for DNS.' },
  sub_cluster_overflow: {
    means: 'Envoy would have to make one more cluster for this host, and has as many as it may.',
  },
  sub_cluster_warming_timeout: { means: 'The cluster that Envoy made for this host was not ready in time.' },
  early_grpc_json_reverse_transcode_failure: {
    means: 'The gRPC request could not be turned into the JSON form that the server takes.',
  },
  grpc_base_64_decode_failed: { means: 'The gRPC-Web text body is not valid base64.' },
  grpc_base_64_decode_failed_bad_size: { means: 'The gRPC-Web text body has a length that base64 cannot have.' },
  grpc_bridge_content_type_wrong: { means: 'The server answered the bridged gRPC call with another content type.' },
  grpc_bridge_data_too_small: { means: 'The body of the bridged gRPC call is shorter than a gRPC frame.' },
  filter_chain_not_found: {
    means: 'The listener has no filter chain for this kind of connection, and Envoy closed it. No HTTP was read.',
    causes: [
      'A server in STRICT mode (mutual TLS only) got plaintext.',
      'A gateway got TLS with a server name (SNI) that no Gateway server has, or without one, or plain HTTP on its TLS port.',
    ],
    next: [
      ['Trace the request: the filter-chain hop names what each chain asks for.', 'traceBothEnds'],
      ['See the chains of the listener.', 'listeners'],
      ['See which mode the server demands.', 'peerAuthentications'],
      ['For a gateway: find its hosts.', 'gateways'],
    ],
  },
  duration_timeout: { means: 'The connection reached its maximum age.' },
  max_connection_duration_reached: { means: 'The TCP connection reached its maximum age.' },
  tcp_initializion_failure: {
    means: 'The TCP proxy could not reach a server for this connection. The number says why.',
    causes: ['The cluster is missing, has no healthy endpoint, is at its limit, or nobody answers.'],
    next: [
      ['Trace the connection.', 'trace'],
      ['See the endpoints of the cluster.', 'endpoints'],
    ],
  },
  tcp_session_idle_timeout: {
    means: 'Nothing moved on the TCP connection for its idle time (one hour where nothing else is set).',
    causes: ['A connection pool (a database’s, for example) keeps connections that nobody uses.'],
  },
  on_idle_timeout: { means: 'No request ran on the HTTP connection for its idle time.' },
  deferred_close_on_drained_connection: {
    means: 'The connection was told to end, and its last request is done. This is the normal way.',
  },
  filter_chain_is_being_removed: {
    means: 'A push replaced the filter chain, the time to drain ended, and Envoy closed what was still open.',
    causes: [
      'A Gateway, policy, EnvoyFilter or certificate setting changed while long requests ran.',
      'A controller rewrites an EnvoyFilter all the time.',
    ],
    next: [
      ['See what was pushed at that time, and how often.', 'istiodLog'],
      ['Find EnvoyFilters that change again and again.', 'envoyFilters'],
    ],
  },
  triggered_delayed_close_timeout: { means: 'Envoy had said goodbye, and the other side did not close in time.' },
  transport_socket_timeout: {
    means: 'The TLS handshake with the client did not finish in time.',
    causes: [
      'The client opened a connection and sent nothing, or not TLS.',
      'A port scan or a load balancer’s TCP probe.',
    ],
  },
  http2_ping_timeout: {
    means: 'The other side did not answer HTTP/2 pings: the connection is dead.',
    causes: ['The network path broke silently, or the other side hangs.'],
  },
  http2_connection_protocol_violation: {
    means: 'The other side broke a rule of HTTP/2 that concerns the whole connection.',
  },
  close_for_connect_request_or_tcp_tunneling: {
    means: 'A tunnel (CONNECT) ended, and its connection with it. This is the normal way.',
  },
  closing_upstream_tcp_connection_due_to_downstream_remote_close: {
    means: 'The client closed, so Envoy closed the connection to the server.',
    from: 'The client.',
  },
  closing_upstream_tcp_connection_due_to_downstream_local_close: {
    means: 'This Envoy closed the client’s connection, and then the one to the server.',
  },
  closing_upstream_tcp_connection_due_to_downstream_reset_close: {
    means: 'The client broke its connection (TCP reset), so Envoy closed the one to the server.',
    from: 'The client.',
  },
  non_pooled_tcp_connection_host_health_failure: {
    means: 'The endpoint became unhealthy, and the cluster is set to close connections then.',
    from: 'The server’s health, as this Envoy sees it.',
  },
};
