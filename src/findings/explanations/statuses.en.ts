import type { Status } from '../http-statuses.js';
import type { Text } from './text.js';

const READ_THE_LOG = [
  'Read flag and details of the log line, and explain those: they say which case it is.',
  'proxyLog',
] as const;
const WHOSE =
  'Details `via_upstream`: the server’s side answered so. Anything else: an Envoy did, and the details say why.';

/** English texts of HTTP status codes, seen from Envoy. */
export const STATUS_TEXTS_EN: Record<Status, Text> = {
  '0': {
    means: 'No answer was sent: the exchange ended before one began. TCP connections always show 0.',
    from: 'Mostly the client, which went away (DC, DR). With NR or DPE this Envoy closed the connection.',
    causes: [
      'The client’s timeout is shorter than the answer took.',
      'No filter chain fits, or the bytes are no HTTP.',
    ],
    next: [READ_THE_LOG, ['Look at the duration: the same number each time is somebody’s timeout.', 'proxyLog']],
  },
  '200': {
    means:
      'The request was answered. For gRPC this says little: errors come as 200 with `grpc-status` (14 unavailable, 7 denied, 4 too late).',
    from: WHOSE,
    causes: ['gRPC: Envoy’s own errors come as 200 too, with the code in `grpc-status` and the same flag and details.'],
    next: [READ_THE_LOG],
  },
  '301': {
    means: 'The client is sent to another address.',
    from: WHOSE,
    causes: [
      'A Gateway with `tls.httpsRedirect`: plain HTTP is sent to https.',
      'A VirtualService with `redirect`.',
      'The application redirects (details `via_upstream`).',
    ],
    next: [READ_THE_LOG, ['Trace the request: it names the redirect’s object, and finds loops.', 'trace']],
  },
  '400': {
    means: 'The request is malformed, or an Envoy holds it to be.',
    from: WHOSE,
    causes: [
      'TLS or another protocol was sent to a plain HTTP port (DPE).',
      'No Host header, a path that cannot be normalised, a bad `x-envoy-…` header (IH).',
      'The application refuses the request (details `via_upstream`).',
    ],
    next: [READ_THE_LOG],
  },
  '401': {
    means: 'The request has no valid token or login.',
    from: WHOSE,
    causes: [
      'A RequestAuthentication refused the token (details `jwt_authn_access_denied`).',
      'The application asks for a login (`via_upstream`).',
    ],
    next: [READ_THE_LOG, ['Find the RequestAuthentications.', 'requestAuthentications']],
  },
  '403': {
    means: 'The request is understood and not allowed. The body `RBAC: access denied` is an AuthorizationPolicy’s.',
    from: WHOSE,
    causes: [
      'An AuthorizationPolicy (details `rbac_access_denied_matched_policy`, no flag).',
      'External authorization (flag UAEX).',
      'A token for another audience; an upgrade that is not allowed.',
      'The application (details `via_upstream`).',
    ],
    next: [READ_THE_LOG, ['Trace both ends: it names the policy and what did not fit.', 'traceBothEnds']],
  },
  '404': {
    means:
      'Nothing is there for this host and path. With flag NR an Envoy found no route; without it the application said so.',
    from: WHOSE,
    causes: [
      'No virtual host for the host, or no route for the path (NR `route_not_found`).',
      'A gateway without a VirtualService for this host.',
      'A rewrite sends a path that the application does not know (details `via_upstream`).',
    ],
    next: [READ_THE_LOG, ['Trace the request: it names the hop, and shows the path that the server gets.', 'trace']],
  },
  '408': {
    means: 'The client did not send its whole request in time.',
    from: WHOSE,
    causes: ['A slow or broken upload.', 'A stream that fell silent (SI).'],
    next: [READ_THE_LOG],
  },
  '413': {
    means: 'The body is too large.',
    from: WHOSE,
    causes: [
      'A filter in Envoy must hold the whole body and met its limit.',
      'The application’s own limit (`via_upstream`).',
    ],
    next: [READ_THE_LOG, ['Find the EnvoyFilter or WasmPlugin that holds bodies back.', 'envoyFilters']],
  },
  '426': {
    means: 'The client speaks HTTP/1.0, which Envoy does not take here.',
    from: WHOSE,
    causes: ['nginx or a load balancer that talks HTTP/1.0 to its backends, or an old client.'],
    next: [['See who sends it.', 'proxyLog'], ['Let the client speak HTTP/1.1 (nginx: `proxy_http_version 1.1`).']],
  },
  '429': {
    means: 'Too many requests in too short a time.',
    from: WHOSE,
    causes: ['A rate limit filter (flag RL).', 'The application’s own limit (`via_upstream`).'],
    next: [READ_THE_LOG, ['Find the EnvoyFilter that sets the limit.', 'envoyFilters']],
  },
  '431': {
    means: 'The headers are too large or too many.',
    from: WHOSE,
    causes: ['Cookies or tokens grew too large.', 'A loop adds headers again and again.'],
    next: [READ_THE_LOG],
  },
  '500': {
    means: 'An error inside: mostly the application’s own.',
    from: WHOSE,
    causes: [
      'The application failed (details `via_upstream`).',
      'A filter without configuration (flag NFCF), such as a WasmPlugin that is not there yet.',
      'A fault rule (flag FI), or a service that a filter asks and cannot reach (`ext_proc_error`, RLSE).',
    ],
    next: [READ_THE_LOG, ['Look at the application.', 'appLog']],
  },
  '502': {
    means: 'The answer of the server is not valid HTTP, or a host is not allowed in this mesh.',
    from: WHOSE,
    causes: [
      'The server’s answer breaks the rules of HTTP (flag UPE), often a doubled `transfer-encoding`.',
      'REGISTRY_ONLY: the host is unknown, and the virtual host `block_all` answers 502 (details `direct_response`).',
      'A proxy behind this one (details `via_upstream`).',
    ],
    next: [READ_THE_LOG, ['Trace the request: it says whether the mesh knows the host.', 'trace']],
  },
  '503': {
    means: 'No server could be asked, or it broke off. The flag beside it tells these cases apart.',
    from: WHOSE,
    causes: [
      'UF: it could not be connected. UC, UR: it broke off. UH: there is no endpoint.',
      'NC: the route points at nothing. UO: a circuit breaker is full. URX: all tries failed.',
      'No flag and `via_upstream`: the application, or the Envoy in front of it, answered 503.',
    ],
    next: [
      READ_THE_LOG,
      ['Trace the request.', 'trace'],
      ['Check the proxy’s whole configuration for known faults.', 'check'],
      ['With `via_upstream`: look at the server’s Envoy, its line is nearer to the cause.', 'serverProxyLog'],
    ],
  },
  '504': {
    means: 'The server did not answer in time.',
    from: WHOSE,
    causes: [
      'The route’s timeout ended (flag UT).',
      'A maximum duration (UMSDR) or an idle time (SI) ended.',
      'A proxy behind this one (`via_upstream`).',
    ],
    next: [
      READ_THE_LOG,
      ['See the timeouts of the route, and which object sets them.', 'trace'],
      ['Look at what the application was doing.', 'appLog'],
    ],
  },
};
