import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decode } from '../../src/decode/decode.js';
import type { ProxyConfig } from '../../src/model/proxy.js';
import { snapshotOf } from '../../src/model/snapshot.js';
import { documentOf } from '../../src/source/document.js';
import type { TraceRequest } from '../../src/trace/request.js';
import type { TraceResult } from '../../src/trace/result.js';
import { traceRequest } from '../../src/trace/trace.js';

/** Forms in which one proxy’s configuration was saved: Envoy's admin pages, with endpoints or without, and the lists of istioctl. */
const SHARED = new URL('../../../shared/', import.meta.url);
const isThere = existsSync(SHARED);

/** The one proxy that files of a folder below the shared one describe. */
async function proxyOf(folder: string, files: readonly string[]): Promise<ProxyConfig> {
  const documents = files.map(file => decode(documentOf(file, readFileSync(new URL(`${folder}/${file}`, SHARED)))));
  const { proxies } = snapshotOf((await Promise.all(documents)).flat());
  const [proxy] = proxies;
  if (proxy === undefined || proxies.length > 1) throw new Error(`${proxies.length} proxies`);
  return proxy;
}

const REQUESTS: TraceRequest[] = [
  { to: 'reviews:8888' },
  { to: 'reviews:8888', headers: { 'end-user': 'jason' } },
  { to: 'http://reviews:8888/reviews/0', method: 'POST' },
  { to: 'ratings.default:8888' },
  { to: 'details.default.svc.cluster.local:8888', protocol: 'grpc' },
  { to: 'mytomcat:8888', random: 70 },
  { to: 'mytomcat:8888', headers: { 'x-canary': 'yes' } },
  { to: 'mysql:3306', protocol: 'tcp' },
  { to: 'redis:6379', protocol: 'tcp' },
  { to: 'ledger.secure:8888' },
  { to: 'orphan:8888' },
  { to: 'kube-dns.kube-system:53', protocol: 'tcp' },
  { to: 'nowhere.example:80' },
  { to: '10.1.2.3:9999', tls: 'tls', sni: 'nowhere.example' },
  { to: 'productpage:8888', direction: 'inbound' },
  {
    to: 'productpage:8888',
    direction: 'inbound',
    tls: 'mtls',
    from: { principal: 'spiffe://cluster.local/ns/x/sa/y' },
  },
  { ip: '10.0.0.1', port: 80, direction: 'gateway', host: 'bookinfo.example.com' },
  { ip: '10.0.0.1', port: 8080, direction: 'gateway', host: 'bookinfo.example.com', path: '/productpage' },
  { ip: '127.0.0.1', port: 15090, direction: 'gateway', path: '/stats/prometheus' },
];

/** A result without where it stands: documents, places in them, the commands that show it. */
function withoutPlaces(result: unknown, more: readonly string[] = []): unknown {
  const left = new Set(['document', 'pointer', 'evidence', 'from', 'istioctl', ...more]);
  return JSON.parse(JSON.stringify(result), (key, value) => (left.has(key) ? undefined : value));
}

/** What only EDS tells, by the endpoints’ metadata, and only /clusters: what Envoy's own checks found. */
function withoutTls(result: unknown): unknown {
  const whole = withoutPlaces(result, ['tls', 'assumptions']) as { steps: { hop: string }[] };
  return { ...whole, steps: whole.steps.filter(({ hop }) => hop !== 'upstream-tls') };
}

const LISTS = ['bootstrap', 'clusters', 'endpoints', 'listeners', 'routes', 'secret'];
const json = (folder: string, names: readonly string[]) => names.map(name => `${folder}${name}.json`);
const yaml = (folder: string, names: readonly string[]) => names.map(name => `${folder}${name}.yaml`);

const POD = 'productpage-v1';
const ADMIN = `base/${POD}/`;
const CTL = `istioctl-json/${POD}/`;

const bothPages = memo(() => proxyOf('istio-1.30', json(ADMIN, ['config_dump', 'clusters'])));
const withoutEds = memo(() => proxyOf('istio-1.30', json(ADMIN, ['config_dump.noeds', 'clusters'])));
const edsOnly = memo(() => proxyOf('istio-1.30', json(ADMIN, ['config_dump'])));

function memo<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

describe.skipIf(!isThere)('productpage of Istio 1.30 (in ../shared)', () => {
  describe.each([
    ['the lists of istioctl and its endpoints by EDS, in JSON', json(CTL, [...LISTS, 'eds']), bothPages],
    ['the lists of istioctl and its endpoints by EDS, in YAML', yaml(CTL, [...LISTS, 'eds']), bothPages],
    ['the lists of istioctl, in JSON', json(CTL, LISTS), withoutEds],
    ['the lists of istioctl, in YAML', yaml(CTL, LISTS), withoutEds],
  ])('by %s', (_, files, admin) => {
    const lists = memo(() => proxyOf('istio-1.30', files));
    it.each(REQUESTS)('%j', async request => {
      expect(withoutPlaces(traceRequest(await lists(), request))).toEqual(
        withoutPlaces(traceRequest(await admin(), request)),
      );
    });
  });

  it.each(REQUESTS)('%j without EDS ends alike', async request => {
    expect(withoutTls(traceRequest(await withoutEds(), request))).toEqual(
      withoutTls(traceRequest(await bothPages(), request)),
    );
  });

  it.each(REQUESTS)('%j with EDS alone goes to the same endpoints', async request => {
    const found = traceRequest(await edsOnly(), request);
    const known = traceRequest(await bothPages(), request);
    expect(ends(found)).toEqual(ends(known));
    expect(withoutPlaces(found.endpoints, ['health'])).toEqual(withoutPlaces(known.endpoints, ['health']));
  });
});

function ends({ outcome, reason, cluster, weightedClusters }: TraceResult) {
  return { outcome, reason, cluster, weightedClusters };
}

const PODS = ['allow_any', 'registry_only'].flatMap(mesh =>
  isThere ? readdirSync(new URL(`istio-1.1/${mesh}`, SHARED)).map(pod => `istio-1.1/${mesh}/${pod}`) : [],
);

describe.skipIf(!isThere).each(PODS)('%s (in ../shared)', folder => {
  const admin = memo(() => proxyOf(folder, ['envoy-config_dump.json', 'envoy-clusters.json']));
  const lists = memo(() => proxyOf(folder, json('istioctl-', LISTS.slice(0, -1))));
  it.each(REQUESTS)('%j by the lists of istioctl', async request => {
    expect(withoutPlaces(traceRequest(await lists(), request))).toEqual(
      withoutPlaces(traceRequest(await admin(), request)),
    );
  });
});
