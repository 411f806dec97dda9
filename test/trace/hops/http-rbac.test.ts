import { describe, expect, it } from 'vitest';
import type { TraceRequest } from '../../../src/trace/request.js';
import { traceRequest } from '../../../src/trace/trace.js';
import {
  chain,
  downstreamTls,
  extension,
  hcm,
  listener,
  route,
  staticCluster,
  virtualHost,
} from '../../support/messages.js';
import { GATEWAY, type Json, minimalProxy } from '../../support/minimal-proxy.js';
import { stepOf, throughHttp } from './through-http.js';

const ROUTES = [route('a')];
const NAME = 'spiffe://cluster.local/ns/foo/sa/bar';
const rbac = (rules: Json, more: Json = {}): Json =>
  extension('rbac', 'envoy.extensions.filters.http.rbac.v3.RBAC', { rules, ...more });
const policy = (permission: Json, principal: Json = { any: true }): Json => ({
  permissions: [permission],
  principals: [principal],
});
const ISTIO = 'ns[foo]-policy[bar]-rule[0]';
const get = policy({ header: { name: ':method', string_match: { exact: 'GET' } } });

describe('RBAC on the request', () => {
  it.each<[string, Json, TraceRequest, string | null]>([
    ['allows', rbac({ policies: { get } }), {}, null],
    [
      'denies what no ALLOW takes',
      rbac({ policies: { get } }),
      { method: 'PUT' },
      'rbac_access_denied_matched_policy[none]',
    ],
    [
      'denies, by the first name',
      rbac({ action: 'DENY', policies: { z: get, a: get } }),
      {},
      'rbac_access_denied_matched_policy[a]',
    ],
    ['only logs', rbac({ action: 'LOG', policies: { get } }), {}, null],
    ['denies all with an ALLOW without policies', rbac({}), {}, 'rbac_access_denied_matched_policy[none]'],
    [
      'looks at the path without its query',
      rbac({ action: 'DENY', policies: { p: policy({ url_path: { path: { exact: '/p' } } }) } }),
      { path: '/p?q' },
      'rbac_access_denied_matched_policy[p]',
    ],
  ])('%s', async (_, filter, request, responseCodeDetails) => {
    const result = await throughHttp({ routes: ROUTES, filters: [filter] }, request);
    expect(result).toMatchObject({
      responseCode: responseCodeDetails === null ? null : 403,
      responseFlag: null,
      responseCodeDetails,
    });
  });

  it('names the AuthorizationPolicy behind a rule', async () => {
    const result = await throughHttp({
      routes: ROUTES,
      filters: [rbac({ action: 'DENY', policies: { [ISTIO]: get } })],
    });
    expect(result.sentence).toContain('AuthorizationPolicy foo/bar, rule 0, denies it');
  });

  it('tells what shadow rules would do', async () => {
    const filter = extension('rbac', 'envoy.extensions.filters.http.rbac.v3.RBAC', { shadow_rules: {} });
    const result = await throughHttp({ routes: ROUTES, filters: [filter] });
    expect(stepOf(result, 'http-filters')?.details.join()).toContain('shadow rules (not enforced) would deny it');
  });
});

describe('the client’s identity', () => {
  const named = policy({ any: true }, { authenticated: { principal_name: { exact: NAME } } });
  const validation = { common_tls_context: { validation_context_sds_secret_config: { name: 'ROOTCA' } } };
  const demanding = { ...validation, require_client_certificate: true };

  async function through(tls: Json, request: TraceRequest) {
    const http = hcm([virtualHost(ROUTES)], { http_filters: [rbac({ policies: { named } })] });
    const proxy = await minimalProxy({
      node: GATEWAY,
      listeners: [listener(443, [chain([http], downstreamTls(tls))])],
      clusters: [staticCluster('a', ['10.0.0.9:80'])],
    });
    return traceRequest(proxy, { ip: '10.0.0.2', port: 443, host: 'a.example', ...request });
  }

  it.each<[string, Json, TraceRequest, string]>([
    [
      'counts where the chain demands a certificate',
      demanding,
      { tls: 'mtls', from: { principal: NAME } },
      'forwarded',
    ],
    [
      'counts without its scheme',
      demanding,
      { tls: 'mtls', from: { principal: NAME.replace('spiffe://', '') } },
      'forwarded',
    ],
    ['counts where the chain asks for one', validation, { tls: 'mtls', from: { principal: NAME } }, 'forwarded'],
    ['does not count where the chain asks for none', {}, { tls: 'mtls', from: { principal: NAME } }, 'responded'],
    ['is asked for where nobody gave it', demanding, { tls: 'mtls' }, 'undetermined'],
    ['is none without a certificate', validation, { tls: 'tls' }, 'responded'],
  ])('%s', async (_, tls, request, outcome) => {
    expect((await through(tls, request)).outcome).toBe(outcome);
  });
});
