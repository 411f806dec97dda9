import type { TraceRequest } from '../../src/trace/request.js';

/** Requests through the meshes of snapshots/ whose whole results are kept: snapshot, proxy, and what is asked. */
export interface SnapshotRequest {
  readonly snapshot: string;
  readonly proxy: string;
  readonly request: TraceRequest & { id: string };
}

function through(snapshot: string, proxy: string, requests: readonly SnapshotRequest['request'][]): SnapshotRequest[] {
  return requests.map(request => ({ snapshot, proxy, request }));
}

const JASON = { 'end-user': 'jason' };

export const SNAPSHOT_REQUESTS: readonly SnapshotRequest[] = [
  ...through('bookinfo-1.1', 'productpage', [
    { id: '1.1-reviews', to: 'reviews:8888' },
    { id: '1.1-reviews-jason', to: 'reviews:8888', headers: JASON },
    { id: '1.1-mysql-tcp', to: 'mysql:3306', protocol: 'tcp' },
    { id: '1.1-unknown-host-passthrough', to: 'http://example.com/' },
    { id: '1.1-unknown-address-passthrough', to: '203.0.113.9:9999', protocol: 'tcp' },
  ]),
  ...through('bookinfo-1.1', 'mytomcat-v1', [
    { id: '1.1-mytomcat-weights', to: 'mytomcat:8888' },
    { id: '1.1-mytomcat-random', to: 'mytomcat:8888', random: 60 },
  ]),
  ...through('bookinfo-1.1', 'istio-ingressgateway', [
    { id: '1.1-ingress', to: 'http://bookinfo.example.com/productpage' },
    { id: '1.1-ingress-no-route', to: 'http://bookinfo.example.com/nothing' },
  ]),
  ...through('bookinfo-1.1', 'reviews-v1', [{ id: '1.1-inbound', to: 'reviews:8888', direction: 'inbound' }]),
  ...through('bookinfo-1.1-registry-only', 'productpage', [
    { id: '1.1-block-all', to: 'http://example.com/' },
    { id: '1.1-blackhole', to: '203.0.113.9:9999', protocol: 'tcp' },
  ]),
  ...through('bookinfo-1.30', 'productpage', [
    { id: 'reviews-weights', to: 'reviews:8888', path: '/reviews/0' },
    { id: 'reviews-jason', to: 'reviews:8888', path: '/reviews/0', headers: JASON },
    { id: 'details-mirror', to: 'details:8888', path: '/details/0' },
    { id: 'ratings-delay', to: 'ratings:8888', path: '/ratings/0', headers: JASON },
    { id: 'ratings-abort', to: 'ratings:8888', path: '/ratings/0', headers: { 'x-chaos': 'on' } },
    { id: 'redis-headless', to: 'redis:6379', protocol: 'tcp' },
    { id: 'external-tls', to: 'https://api.example.com/' },
    { id: 'external-tls-origination', to: 'http://payments.example.com/pay' },
    { id: 'external-tcp', to: 'db.corp.example.com:5432', protocol: 'tcp' },
    { id: 'external-wildcard', to: 'https://a.wild.example.net/' },
    { id: 'no-endpoints', to: 'orphan:8888' },
  ]),
  ...through('bookinfo-1.30', 'mytomcat', [
    { id: 'panic-mode', to: 'mytomcat:8888', random: 80 },
    { id: 'redirect', to: 'productpage:8888', path: '/moved' },
    { id: 'direct-response', to: 'productpage:8888', path: '/mesh-ping' },
    { id: 'rewrite', to: 'productpage:8888', path: '/old-product/7' },
  ]),
  ...through('bookinfo-1.30', 'ratings', [{ id: 'sidecar-scope', to: 'ledger.secure:8888' }]),
  ...through('bookinfo-1.30', 'istio-ingressgateway', [
    { id: 'ingress-https', to: 'https://bookinfo.example.com/productpage' },
    { id: 'ingress-https-redirect', to: 'http://secure.example.com/login' },
    { id: 'ingress-no-certificate', to: 'https://admin.example.com/tomcat' },
    { id: 'ingress-unknown-sni', to: 'https://nobody.example.com/' },
  ]),
  ...through('bookinfo-1.30-registry-only', 'productpage', [
    { id: 'block-all', to: 'http://example.com/' },
    { id: 'blackhole', to: '203.0.113.9:9999', protocol: 'tcp' },
  ]),
  ...through('bookinfo-1.30-missing-subset', 'productpage', [
    { id: 'missing-subset', to: 'mytomcat:8888', headers: { 'x-canary': 'yes' } },
    { id: 'missing-subset-share', to: 'mytomcat:8888' },
  ]),
  ...through('bookinfo-1.30-faulted', 'productpage', [
    { id: 'faulted-missing-cluster', to: 'reviews:8888', headers: JASON },
    { id: 'faulted-all-ejected', to: 'ratings:8888', path: '/ratings/0' },
    { id: 'faulted-missing-route-table', to: 'zipkin.istio-system:9411' },
    { id: 'faulted-rejected-listener', to: 'mysql:3306', protocol: 'tcp' },
  ]),
];
