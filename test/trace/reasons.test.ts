import { describe, expect, it } from 'vitest';
import { REASONS, type Reason } from '../../src/trace/reasons.js';
import type { TraceRequest } from '../../src/trace/request.js';
import { traceRequest } from '../../src/trace/trace.js';
import {
  assignment,
  chain,
  downstreamTls,
  edsCluster,
  extension,
  hcm,
  lbEndpoint,
  listener,
  ROUTER,
  route,
  staticCluster,
  tcp,
  virtualHost,
  virtualOutbound,
} from '../support/messages.js';
import { GATEWAY, type Json, type MinimalParts, minimalProxy } from '../support/minimal-proxy.js';
import { schemaProblems } from '../support/result-schema.js';

interface Case {
  readonly parts: MinimalParts;
  readonly request?: TraceRequest;
}

const HTTP = 'envoy.extensions.filters.http';
const cluster = staticCluster('c', ['10.1.2.3:8080']);

/** A sidecar with a listener on port 80 whose only chain holds these filters. */
function behind(filters: readonly Json[], more: MinimalParts = {}): MinimalParts {
  return { listeners: [virtualOutbound(), listener(80, [chain(filters)])], clusters: [cluster], ...more };
}

/** The same with a connection manager over these routes. */
function routed(routes: readonly Json[], host: Json = {}, manager: Json = {}): MinimalParts {
  return behind([hcm([virtualHost(routes, host)], manager)]);
}

function filtered(name: string, type: string, config: Json): MinimalParts {
  return routed(
    [route('c')],
    {},
    { http_filters: [extension(`envoy.filters.http.${name}`, `${HTTP}.${type}`, config), ROUTER] },
  );
}

/** A gateway with one chain on port 443. */
function gateway(filters: readonly Json[], more: Json = {}): Case {
  return {
    parts: { node: GATEWAY, listeners: [listener(443, [chain(filters, more)])] },
    request: { to: '10.0.0.2:443' },
  };
}

const web = hcm([virtualHost([route('c')])]);
const jwt = {
  providers: { p: { issuer: 'i', local_jwks: { inline_string: '{}' } } },
  rules: [{ match: { prefix: '/' }, requires: { provider_name: 'p' } }],
};
const cors = {
  typed_per_filter_config: {
    'envoy.filters.http.cors': {
      '@type': `type.googleapis.com/${HTTP}.cors.v3.CorsPolicy`,
      allow_origin_string_match: [{ exact: 'http://o' }],
    },
  },
};
const ecds = { name: 'later', config_discovery: { config_source: { ads: {} }, type_urls: ['x'] } };
const dropAll = {
  cluster_name: 'c',
  endpoints: [{ lb_endpoints: [lbEndpoint('10.1.2.3:8080')] }],
  policy: { drop_overloads: [{ category: 'all', drop_percentage: { numerator: 100 } }] },
};
const limited = staticCluster('c', ['10.1.2.3:8080'], { circuit_breakers: { thresholds: [{ max_requests: 0 }] } });

/** For each reason a request through a minimal proxy that ends so. */
const CASES: Record<Reason, Case> = {
  blackhole: { parts: behind([tcp('BlackHoleCluster')]), request: { protocol: 'tcp' } },
  no_virtual_host: { parts: routed([route('c')], { domains: ['other'] }) },
  no_route: { parts: routed([route('c', { match: { path: '/other' } })]) },
  no_cluster: { parts: routed([route('missing')]) },
  no_healthy_upstream: { parts: behind([web], { clusters: [edsCluster('c')], endpoints: [assignment('c', [])] }) },
  tls_required: { parts: routed([route('c')], { require_tls: 'ALL' }) },
  redirect: { parts: routed([route({ redirect: { path_redirect: '/new' } })]) },
  direct_response: { parts: routed([route({ direct_response: { status: 418 } })]) },
  rbac_denied: { parts: filtered('rbac', 'rbac.v3.RBAC', { rules: {} }) },
  jwt_denied: { parts: filtered('jwt_authn', 'jwt_authn.v3.JwtAuthentication', jwt) },
  fault_abort: {
    parts: filtered('fault', 'fault.v3.HTTPFault', { abort: { http_status: 555, percentage: { numerator: 100 } } }),
  },
  cors_preflight: {
    parts: routed(
      [route('c', cors)],
      {},
      { http_filters: [extension('envoy.filters.http.cors', `${HTTP}.cors.v3.Cors`), ROUTER] },
    ),
    request: { method: 'OPTIONS', headers: { origin: 'http://o', 'access-control-request-method': 'GET' } },
  },
  upgrade_denied: {
    parts: routed([route('c')]),
    request: { headers: { connection: 'upgrade', upgrade: 'websocket' } },
  },
  bad_request: { parts: routed([route('c')]), request: { host: '' } },
  missing_filter_config: { parts: { ...routed([route('c')], {}, { http_filters: [ecds, ROUTER] }), ecds: [] } },
  overload_dropped: { parts: behind([web], { clusters: [edsCluster('c')], endpoints: [dropAll] }) },
  overflow: { parts: behind([web], { clusters: [limited] }) },
  no_listener: {
    parts: { node: GATEWAY, listeners: [listener(443, [chain([web])])] },
    request: { to: '10.0.0.2:444' },
  },
  no_filter_chain: gateway([web], { filter_chain_match: { destination_port: 1 } }),
  no_filters: gateway([]),
  tls_error: gateway([web], downstreamTls()),
  mtls_error: {
    ...gateway([web], downstreamTls({ require_client_certificate: true })),
    request: { to: '10.0.0.2:443', tls: 'tls' },
  },
  protocol_error: { ...gateway([web]), request: { to: '10.0.0.2:443', protocol: 'tcp' } },
  loop: { parts: behind([web], { clusters: [staticCluster('c', ['127.0.0.1:15001'])] }) },
  missing_evidence: { parts: behind([web], { clusters: [edsCluster('c')], endpoints: null }) },
};

describe('every reason of the table', () => {
  it.each(REASONS)('%s', async reason => {
    const { parts, request } = CASES[reason];
    const proxy = await minimalProxy(parts);
    const sent = { to: '10.96.0.1:80', host: 'a', ...request };
    const http = traceRequest(proxy, { id: reason, ...sent });
    expect(http.reason).toBe(reason);
    expect(schemaProblems('TraceResult', http)).toEqual([]);
    const bare = http.steps.filter(({ status, evidence }) => status === 'rejected' && evidence.length === 0);
    expect(bare.map(({ hop }) => hop)).toEqual(reason === 'no_listener' ? ['listener'] : []);
    const grpc = traceRequest(proxy, { ...sent, protocol: sent.protocol ?? 'grpc' });
    const last = http.steps.at(-1);
    const kept = {
      http: ending(http),
      ...(sent.protocol === 'tcp' ? {} : { grpc: ending(grpc) }),
      lastStep: `${last?.hop}: ${last?.status}: ${last?.why}`,
    };
    await expect(`${JSON.stringify(kept, null, 2)}\n`).toMatchFileSnapshot(`__snapshots__/reasons/${reason}.json`);
  });
});

function ending({
  outcome,
  responseCode,
  responseFlag,
  responseCodeDetails,
  sentence,
}: ReturnType<typeof traceRequest>) {
  return { outcome, responseCode, responseFlag, responseCodeDetails, sentence };
}
