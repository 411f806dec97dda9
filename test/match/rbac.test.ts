import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { evaluateRbac } from '../../src/match/rbac.js';
import { isUnknown } from '../../src/match/ternary.js';
import { View } from '../../src/model/view.js';
import { type RbacRequest, rbacInput } from './rbac-request.js';

const filters = JSON.parse(readFileSync(new URL('fixtures/rbac-istio-1.30.json', import.meta.url), 'utf8'));

const ns = (namespace: string, policy: string, rule: number) => `ns[${namespace}]-policy[${policy}]-rule[${rule}]`;
const REVIEWS_DENY = ns('default', 'reviews-deny', 0);
const REVIEWS = ns('default', 'reviews-allow', 0);
const REVIEWS_HEALTH = ns('default', 'reviews-allow', 1);
const RATINGS_DENY = ns('default', 'ratings-deny', 0);
const RATINGS_UNTRUSTED = ns('default', 'ratings-deny', 1);
const RATINGS = ns('default', 'ratings-allow', 0);
const DRY_RUN = ns('default', 'productpage-dry-run', 0);

const productpage = 'spiffe://cluster.local/ns/default/sa/bookinfo-productpage';
const reviewer = 'spiffe://cluster.local/ns/default/sa/bookinfo-reviews';
const gateway = 'spiffe://cluster.local/ns/istio-system/sa/istio-ingressgateway';
const untrusted = 'spiffe://cluster.local/ns/untrusted/sa/default';
const claims = (fields: object) => ({ 'envoy.filters.http.jwt_authn': { payload: fields } });
const issuer = 'https://login.example.com';

type Row = [
  title: string,
  filter: string,
  request: RbacRequest,
  allowed: boolean | 'unknown',
  policy: string | null,
  why: string,
];

const mesh: Row[] = [
  [
    'reads are not denied',
    'reviews deny',
    { path: '/reviews/0', principal: productpage },
    true,
    null,
    'no policy matches',
  ],
  [
    'a write to the admin path from outside',
    'reviews deny',
    { method: 'POST', path: '/reviews/admin', sourceIp: '192.0.2.7' },
    false,
    REVIEWS_DENY,
    '192.0.2.7',
  ],
  [
    'the query does not hide the admin path',
    'reviews deny',
    { method: 'PUT', path: '/reviews/admin?x=1', sourceIp: '192.0.2.7' },
    false,
    REVIEWS_DENY,
    '/reviews/admin',
  ],
  [
    'everything below the admin path',
    'reviews deny',
    { method: 'PUT', path: '/reviews/administrator', sourceIp: '192.0.2.7' },
    false,
    REVIEWS_DENY,
    '/reviews/admin',
  ],
  [
    'a write to the admin path from a pod',
    'reviews deny',
    { method: 'POST', path: '/reviews/admin' },
    true,
    null,
    '10.244.0.30',
  ],
  [
    'a write to the admin path from loopback',
    'reviews deny',
    { method: 'POST', path: '/reviews/admin', sourceIp: '127.0.0.6' },
    true,
    null,
    '127.0.0.6',
  ],
  [
    'the direct address counts, not x-forwarded-for',
    'reviews deny',
    { method: 'POST', path: '/reviews/admin', directRemoteIp: '192.0.2.7', remoteIp: '10.244.0.9' },
    false,
    REVIEWS_DENY,
    '192.0.2.7',
  ],
  [
    'a write elsewhere from outside',
    'reviews deny',
    { method: 'POST', path: '/reviews/0', sourceIp: '192.0.2.7' },
    true,
    null,
    '/reviews/0',
  ],
  [
    'an unknown source on the admin path',
    'reviews deny',
    { method: 'POST', path: '/reviews/admin', directRemoteIp: undefined },
    'unknown',
    null,
    'the direct source address',
  ],
  [
    'an unknown source does not matter elsewhere',
    'reviews deny',
    { method: 'POST', path: '/reviews/0', directRemoteIp: undefined },
    true,
    null,
    '/reviews/0',
  ],

  [
    'productpage reads reviews',
    'reviews allow',
    { path: '/reviews/0', principal: productpage },
    true,
    REVIEWS,
    productpage,
  ],
  [
    'productpage asks for the head',
    'reviews allow',
    { method: 'HEAD', path: '/reviews/0', principal: productpage },
    true,
    REVIEWS,
    'HEAD',
  ],
  [
    'another method',
    'reviews allow',
    { method: 'POST', path: '/reviews/0', principal: productpage },
    false,
    null,
    'POST',
  ],
  ['another path', 'reviews allow', { path: '/other', principal: productpage }, false, null, '/other'],
  [
    'another port',
    'reviews allow',
    { path: '/reviews/0', principal: productpage, destinationPort: 8888 },
    false,
    null,
    '8888',
  ],
  [
    'another account of the same namespace',
    'reviews allow',
    { path: '/reviews/0', principal: reviewer },
    false,
    null,
    reviewer,
  ],
  [
    'productpage from outside the pod network',
    'reviews allow',
    { path: '/reviews/0', principal: productpage, sourceIp: '10.1.0.1' },
    false,
    null,
    '10.1.0.1',
  ],
  [
    'an excluded header value',
    'reviews allow',
    { path: '/reviews/0', principal: productpage, headers: { 'x-api-version': 'v0' } },
    false,
    null,
    'excluded',
  ],
  [
    'another value of the excluded header',
    'reviews allow',
    { path: '/reviews/0', principal: productpage, headers: { 'x-api-version': 'v1' } },
    true,
    REVIEWS,
    productpage,
  ],
  [
    'any account of istio-system',
    'reviews allow',
    { path: '/reviews/0', principal: gateway, sourceIp: '10.1.0.1' },
    true,
    REVIEWS,
    'istio-system',
  ],
  [
    'istio-system with the excluded header value',
    'reviews allow',
    { path: '/reviews/0', principal: gateway, headers: { 'x-api-version': 'v0' } },
    false,
    null,
    'excluded',
  ],
  [
    'health checks by the namespace',
    'reviews allow',
    { path: '/health', principal: reviewer },
    true,
    REVIEWS_HEALTH,
    reviewer,
  ],
  [
    'health checks with a query',
    'reviews allow',
    { path: '/health?deep=1', principal: reviewer },
    true,
    REVIEWS_HEALTH,
    reviewer,
  ],
  ['health checks below the path', 'reviews allow', { path: '/health/', principal: reviewer }, false, null, '/health/'],
  [
    'health checks by another namespace',
    'reviews allow',
    { path: '/health', principal: untrusted },
    false,
    null,
    untrusted,
  ],
  [
    'plaintext has no principal',
    'reviews allow',
    { path: '/reviews/0', tls: 'plaintext', peer: 'none' },
    false,
    null,
    'plaintext',
  ],
  [
    'plaintext needs no principal to be denied',
    'reviews allow',
    { path: '/reviews/0', tls: 'plaintext' },
    false,
    null,
    'plaintext',
  ],
  [
    'TLS without a certificate',
    'reviews allow',
    { path: '/reviews/0', tls: 'tls', peer: 'none' },
    false,
    null,
    'no certificate',
  ],
  ['a principal that nobody gave', 'reviews allow', { path: '/reviews/0' }, 'unknown', null, 'source principal'],
  ['a principal that nobody gave does not matter', 'reviews allow', { path: '/other' }, false, null, '/other'],
  [
    'a namespace alone decides a namespace rule',
    'reviews allow',
    { path: '/health', sourceNamespace: 'default' },
    true,
    REVIEWS_HEALTH,
    'namespace default',
  ],
  [
    'a namespace alone excludes other accounts',
    'reviews allow',
    { path: '/health', sourceNamespace: 'untrusted' },
    false,
    null,
    'namespace untrusted',
  ],
  [
    'a namespace alone does not name the account',
    'reviews allow',
    { path: '/reviews/0', sourceNamespace: 'default' },
    'unknown',
    null,
    'source principal',
  ],

  [
    'deleting a rating',
    'ratings deny',
    { method: 'DELETE', path: '/ratings/1', principal: reviewer },
    false,
    RATINGS_DENY,
    'DELETE',
  ],
  [
    'deleting a rating in plaintext',
    'ratings deny',
    { method: 'DELETE', path: '/ratings/1', tls: 'plaintext' },
    false,
    RATINGS_DENY,
    'DELETE',
  ],
  [
    'patching a rating',
    'ratings deny',
    { method: 'PATCH', path: '/ratings/1', principal: reviewer },
    false,
    RATINGS_DENY,
    'PATCH',
  ],
  [
    'methods count their case',
    'ratings deny',
    { method: 'delete', path: '/ratings/1', principal: reviewer },
    true,
    null,
    'delete',
  ],
  [
    'deleting elsewhere',
    'ratings deny',
    { method: 'DELETE', path: '/ratings', principal: reviewer },
    true,
    null,
    '/ratings',
  ],
  [
    'the untrusted namespace',
    'ratings deny',
    { path: '/ratings/1', principal: untrusted },
    false,
    RATINGS_UNTRUSTED,
    untrusted,
  ],
  [
    'the first of two rules that match',
    'ratings deny',
    { method: 'DELETE', path: '/ratings/1', principal: untrusted },
    false,
    RATINGS_DENY,
    'DELETE',
  ],
  [
    'a principal that nobody gave may be untrusted',
    'ratings deny',
    { path: '/ratings/1' },
    'unknown',
    null,
    'source principal',
  ],
  [
    'an earlier rule makes the principal needless',
    'ratings deny',
    { method: 'DELETE', path: '/ratings/1' },
    false,
    RATINGS_DENY,
    'DELETE',
  ],

  ['reviews reads ratings', 'ratings allow', { path: '/ratings/1', principal: reviewer }, true, RATINGS, reviewer],
  ['reviews asks for health', 'ratings allow', { path: '/health', principal: reviewer }, true, RATINGS, reviewer],
  ['a path that no rule names', 'ratings allow', { path: '/healthz', principal: reviewer }, false, null, '/healthz'],
  [
    'productpage reads ratings',
    'ratings allow',
    { path: '/ratings/1', principal: productpage },
    false,
    null,
    productpage,
  ],
  [
    'a look-alike trust domain',
    'ratings allow',
    { path: '/ratings/1', principal: reviewer.replace('cluster.local', 'cluster.local.example') },
    false,
    null,
    'cluster.local.example',
  ],
  [
    'a DNS name in the certificate',
    'ratings allow',
    { path: '/ratings/1', peer: { uriSans: [], dnsSans: [reviewer], subject: '' } },
    true,
    RATINGS,
    reviewer,
  ],
  [
    'the subject of the certificate',
    'ratings allow',
    { path: '/ratings/1', peer: { uriSans: ['spiffe://x/ns/a/sa/b'], dnsSans: ['a.example'], subject: reviewer } },
    true,
    RATINGS,
    reviewer,
  ],
  [
    'the second URI of the certificate',
    'ratings allow',
    { path: '/ratings/1', peer: { uriSans: ['spiffe://x/ns/a/sa/b', reviewer], dnsSans: [], subject: '' } },
    true,
    RATINGS,
    reviewer,
  ],

  [
    'a policy without rules allows nothing',
    'ledger nothing',
    { path: '/', principal: reviewer },
    false,
    null,
    'excluded',
  ],
  ['nor needs it a principal for that', 'ledger nothing', { path: '/' }, false, null, 'excluded'],
  ['nor on TCP', 'ledger tcp', { headers: null, principal: reviewer }, false, null, 'excluded'],
  [
    'HTTP fields are left out of a TCP denial',
    'ratings tcp deny',
    { headers: null, principal: reviewer },
    false,
    RATINGS_DENY,
    'any',
  ],
  [
    'a TCP denial from outside',
    'reviews tcp deny',
    { headers: null, sourceIp: '192.0.2.7' },
    false,
    REVIEWS_DENY,
    '192.0.2.7',
  ],
  ['no TCP denial from a pod', 'reviews tcp deny', { headers: null }, true, null, '10.244.0.30'],
  [
    'an ALLOW without TCP rules denies all of TCP',
    'reviews tcp allow',
    { headers: null, principal: productpage },
    false,
    null,
    'without policies',
  ],
  ['for ratings too', 'ratings tcp allow', { headers: null, principal: reviewer }, false, null, 'without policies'],
];

const dryRun: Row[] = [
  [
    'a reader',
    'productpage dry run',
    { metadata: claims({ iss: issuer, sub: 'me', groups: ['guests', 'readers'] }) },
    true,
    DRY_RUN,
    'groups',
  ],
  [
    'a group as one string',
    'productpage dry run',
    { metadata: claims({ iss: issuer, sub: 'me', groups: 'editors' }) },
    true,
    DRY_RUN,
    'groups',
  ],
  [
    'another group',
    'productpage dry run',
    { metadata: claims({ iss: issuer, sub: 'me', groups: ['guests'] }) },
    false,
    null,
    'groups',
  ],
  ['no group', 'productpage dry run', { metadata: claims({ iss: issuer, sub: 'me' }) }, false, null, 'groups'],
  [
    'another issuer',
    'productpage dry run',
    { metadata: claims({ iss: 'https://x.example', sub: 'me', groups: ['readers'] }) },
    false,
    null,
    'iss',
  ],
  [
    'an empty subject',
    'productpage dry run',
    { metadata: claims({ iss: issuer, sub: '', groups: ['readers'] }) },
    false,
    null,
    'sub',
  ],
  ['no token', 'productpage dry run', {}, false, null, 'iss'],
  [
    'a token that nobody described',
    'productpage dry run',
    { unknownMetadata: () => ({ unknown: 'needs-input', what: 'claims' }) },
    'unknown',
    null,
    'claims',
  ],
  ['empty shadow rules', 'productpage tcp', { headers: null }, false, null, 'without policies'],
];

function check([, filter, request, allowed, policy, why]: Row, field: 'rules' | 'shadow_rules'): void {
  const rules = new View(filters[filter], '').get(field);
  const decision = evaluateRbac(rules ?? new View({}, ''), rbacInput(request));
  expect(isUnknown(decision.allowed) ? 'unknown' : decision.allowed).toBe(allowed);
  expect(decision.policy).toBe(policy);
  expect(decision.why).toContain(why);
  expect(decision.details).toBe(allowed === false ? `rbac_access_denied_matched_policy[${policy ?? 'none'}]` : null);
}

describe('evaluateRbac', () => {
  describe('on the 1.30 mesh', () => {
    it.each(mesh)('%s (%s)', (...row) => check(row, 'rules'));
    it.each(dryRun)('%s (%s)', (...row) => check(row, 'shadow_rules'));
  });
});
