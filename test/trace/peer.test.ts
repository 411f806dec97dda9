import { describe, expect, it } from 'vitest';
import { traceFromInternet } from '../../src/trace/gateways.js';
import type { TraceRequest } from '../../src/trace/request.js';
import { traceRequest } from '../../src/trace/trace.js';
import { EditedDump, proxiesOf } from '../support/edited.js';
import { schemaProblems } from '../support/result-schema.js';
import { proxyOf, snapshot } from '../support/snapshot.js';

async function path(name: string, proxy: string, request: TraceRequest) {
  const { proxies } = await snapshot(name);
  return traceRequest(await proxyOf(name, proxy), request, 1, { proxies });
}

const MESH = 'bookinfo-1.30';
const PRODUCTPAGE = 'spiffe://cluster.local/ns/default/sa/bookinfo-productpage';

describe('both ends of a path', () => {
  it.each([
    ['productpage', { to: 'reviews:8888', path: '/reviews/0', random: 1 }, 'reviews-v1', 'forwarded', null],
    ['productpage', { to: 'reviews:8888', path: '/', random: 1 }, 'reviews-v1', 'responded', 'rbac_denied'],
    ['reviews-v1', { to: 'ratings:8888', path: '/ratings/1' }, 'ratings-v1', 'forwarded', null],
    ['productpage', { to: 'ledger.secure:8888', path: '/balance' }, 'ledger-v1', 'responded', 'rbac_denied'],
    ['istio-ingress', { to: 'https://bookinfo.example.com/productpage' }, 'productpage-v1', 'forwarded', null],
  ] as const)('%s %o ends at %s: %s %s', async (client, request, peer, outcome, reason) => {
    const result = await path(MESH, client, { ...request });
    expect(schemaProblems('TraceResult', result)).toEqual([]);
    expect(result).toMatchObject({ outcome, reason, endedBy: 'server', client: { outcome: 'forwarded' } });
    expect(result.peer?.proxy?.startsWith(peer)).toBe(true);
    expect(result.peer?.steps[0]?.hop).toBe('capture');
  });

  it('names policy, rule and principal of a denial', async () => {
    const result = await path(MESH, 'productpage', { to: 'reviews:8888', random: 1 });
    expect(result).toMatchObject({ responseCode: 403, responseFlag: null });
    expect(result.sentence).toContain('AuthorizationPolicy default/reviews-allow');
    expect(result.sentence).toContain('rule 0');
    expect(result.sentence).toContain(PRODUCTPAGE);
  });

  it('says that a client in plaintext has no principal at all', async () => {
    const request = {
      ip: '10.244.1.14',
      port: 9080,
      direction: 'inbound',
      path: '/reviews/0',
      from: { ip: '10.244.1.11' },
    } as const;
    const result = await path(MESH, 'reviews-v1', request);
    expect(result).toMatchObject({ outcome: 'responded', responseCode: 403, reason: 'rbac_denied' });
    expect(result.sentence).toContain('the client has no principal');
  });

  it('states mutual TLS with both certificates', async () => {
    const result = await path(MESH, 'productpage', { to: 'ledger.secure:8888' });
    const step = result.steps.find(({ hop }) => hop === 'peer');
    expect(step?.details.join('\n')).toContain('the server shows spiffe://cluster.local/ns/secure/sa/ledger');
    expect(step?.details.join('\n')).toContain(`the client shows ${PRODUCTPAGE}`);
    expect(step?.why).toContain(`mutual TLS as ${PRODUCTPAGE}`);
  });

  it('takes replicas without a dump for their siblings, and says so', async () => {
    const result = await path(MESH, 'productpage', { to: 'ledger.secure:8888' });
    expect(result.assumptions.join('\n')).toMatch(/10\.244\.2\.91:9080 does as ledger-v1-\S+ does/);
  });

  it('keeps the client’s half where the other side is not at hand', async () => {
    const proxy = await proxyOf(MESH, 'productpage');
    const result = traceRequest(proxy, { to: 'ratings:8888' }, 1, { proxies: [proxy] });
    expect(result.peer).toBeUndefined();
    expect(result.assumptions.join('\n')).toContain('is not in the snapshot');
    const { proxies } = await snapshot(MESH);
    const others = proxies.filter(({ name }) => !name.startsWith('ratings'));
    const among = traceRequest(proxy, { to: 'ratings:8888' }, 1, { proxies: others });
    expect(among).toMatchObject({ outcome: 'forwarded' });
    expect(among.sentence).toContain('The receiving side is not in the snapshot.');
  });

  it.each([
    ['http', 503],
    ['grpc', 200],
  ] as const)('refuses an expired certificate, over %s', async (protocol, responseCode) => {
    const { proxies } = await snapshot(MESH);
    const now = '2030-01-01T00:00:00Z';
    const request = { to: 'ratings:8888', protocol };
    const result = traceRequest(await proxyOf(MESH, 'productpage'), request, 1, { proxies, now });
    expect(result).toMatchObject({
      outcome: 'closed',
      reason: 'mtls_error',
      responseCode,
      responseFlag: 'UF',
      endedBy: 'client',
    });
    expect(result.sentence).toContain('expired');
  });

  it('goes gateway, productpage, reviews in the mesh of Istio 1.1', async () => {
    const first = await path('bookinfo-1.1', 'istio-ingress', { to: 'http://any.example/productpage' });
    expect(first).toMatchObject({ outcome: 'forwarded', peer: { outcome: 'forwarded' } });
    const second = await path('bookinfo-1.1', 'productpage', { to: 'reviews:8888', headers: { 'end-user': 'jason' } });
    expect(second.peer?.proxy).toMatch(/^reviews-v2/);
  });
});

describe('a request from the internet', () => {
  it('picks the gateway that takes it', async () => {
    const { proxies } = await snapshot(MESH);
    const result = traceFromInternet(proxies, { to: 'https://bookinfo.example.com/productpage' }, 1, { proxies });
    expect(result).toMatchObject({ outcome: 'forwarded', listener: '0.0.0.0_8443' });
  });

  it('says what each of several gateways does with it', async () => {
    const other = new EditedDump(MESH, 'istio-ingress');
    other.node.id = 'router~10.244.2.6~private-1.edge~edge.svc.cluster.local';
    other.drop('listener', name => name === '0.0.0.0_8443');
    const { proxies } = await snapshot(MESH);
    const both = [...(await proxiesOf(other)), ...proxies];
    const result = traceFromInternet(both, { to: 'https://bookinfo.example.com/productpage' }, 1, { proxies: both });
    expect(schemaProblems('TraceResult', result)).toEqual([]);
    expect(result).toMatchObject({ outcome: 'forwarded', proxy: expect.stringMatching(/^istio-ingressgateway/) });
    expect(result?.steps[0]).toMatchObject({ hop: 'capture', status: 'matched', name: result?.proxy });
    expect(result?.steps[0]?.details.join()).toMatch(
      /gateway private-1.edge does not take it: .*nothing listens on port/,
    );
    const none = traceFromInternet(both, { to: 'http://nobody.example:81/' }, 1, { proxies: both });
    expect(none?.steps[0]).toMatchObject({ status: 'rejected', why: 'no gateway takes it; this one is shown' });
  });

  it('says why none takes it', async () => {
    const { proxies } = await snapshot(MESH);
    const result = traceFromInternet(proxies, { to: 'https://nobody.example/' }, 1, { proxies });
    expect(result).toMatchObject({ outcome: 'closed', reason: 'no_filter_chain' });
  });

  it('finds no gateway where there is none', () => {
    expect(traceFromInternet([], { to: 'http://a/' }, 1, {})).toBeNull();
  });
});
