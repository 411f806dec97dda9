import { describe, expect, it } from 'vitest';
import type { SyncNote } from '../../src/compare/sync-notes/note.js';
import { type ExplainOptions, explainStatus, type StatusReport } from '../../src/compare/sync-state.js';
import { parseProxyStatus } from '../../src/decode/proxy-status/parse.js';
import { fixture } from '../decode/proxy-status/fixtures.js';

function explain(file: string, options?: ExplainOptions): StatusReport {
  return explainStatus(parseProxyStatus(fixture(file)), options);
}

/** Every note in a line: `proxy: severity code types`, those of the whole listing without proxy. */
function lines({ proxies, notes }: StatusReport): string[] {
  const line = ({ severity, code, types }: SyncNote) => [severity, code, ...types].join(' ');
  return [
    ...notes.map(line),
    ...proxies.flatMap(({ name, notes: own }) => own.map(note => `${name.split('.')[0]}: ${line(note)}`)),
  ];
}

const SHARE = 'info eds-share EDS';
const NO_ROUTES = 'istio-egressgateway-64f8c9b6f5-tw8gj: info not-sent RDS';
const HALF = ['details-v1-68868454f5-6zx8m', 'mytomcat-v1-7d9d8b9f5b-4mkzs'];
const HALF_TOO = ['productpage-v1-5cb458d74f-k7wzd', 'ratings-v1-76f4c9765f-2ns9v'];
const HALF_REVIEWS = ['reviews-v1-56f6855586-7tq4p', 'reviews-v2-65c9df47f8-c8lmw'];
const shares = (pods: readonly string[]) => pods.map(pod => `${pod}: ${SHARE}`);
const STALE_ROUTE = [
  `${HALF[0]}: ${SHARE}`,
  NO_ROUTES,
  `${HALF[1]}: ${SHARE}`,
  'mytomcat-v2-6b8f6d7c9d-xq2hb: warning stale CDS LDS EDS RDS',
  ...shares([...HALF_TOO, ...HALF_REVIEWS]),
  'reviews-v3-6cf47594fd-vvd9k: warning stale LDS RDS',
  `reviews-v3-6cf47594fd-vvd9k: ${SHARE}`,
];
const STARTING = 'details-v1-68868454f5-zzq4t: warning starting LDS EDS RDS';
const STALE_ALL = [STALE_ROUTE[0], STARTING, ...STALE_ROUTE.slice(1)];

describe('the notes on each listing', () => {
  it.each<{ file: string; worst: string | null; expected: (string | undefined)[] }>([
    { file: 'istio-1.1/table-connecting/stdout.txt', worst: 'info', expected: [NO_ROUTES] },
    {
      file: 'istio-1.1/table-synced/stdout.txt',
      worst: 'info',
      expected: [
        `${HALF[0]}: ${SHARE}`,
        NO_ROUTES,
        ...shares([
          ...HALF.slice(1),
          'mytomcat-v2-6b8f6d7c9d-xq2hb',
          ...HALF_TOO,
          ...HALF_REVIEWS,
          'reviews-v3-6cf47594fd-vvd9k',
        ]),
      ],
    },
    { file: 'istio-1.1/table-stale-route/stdout.txt', worst: 'warning', expected: STALE_ROUTE },
    { file: 'istio-1.1/table-stale-all/stdout.txt', worst: 'warning', expected: STALE_ALL },
    {
      file: 'istio-1.1/table-two-pilots/stdout.txt',
      worst: 'warning',
      expected: ['info control-planes', ...STALE_ALL],
    },
    {
      file: 'istio-1.1/table-timed-nonces/stdout.txt',
      worst: 'warning',
      expected: [
        NO_ROUTES,
        `mytomcat-v1-7d9d8b9f5b-4mkzs: ${SHARE}`,
        'mytomcat-v1-7d9d8b9f5b-4mkzs: info version-unknown',
        'productpage-v1-5cb458d74f-k7wzd: warning stale LDS RDS',
        `productpage-v1-5cb458d74f-k7wzd: ${SHARE}`,
        'ratings-v1-76f4c9765f-2ns9v: warning stale CDS LDS EDS',
        'ratings-v1-76f4c9765f-2ns9v: warning stale RDS',
        'reviews-v1-56f6855586-7tq4p: warning stale LDS RDS',
        `reviews-v1-56f6855586-7tq4p: ${SHARE}`,
        'reviews-v2-65c9df47f8-c8lmw: warning starting LDS EDS RDS',
      ],
    },
    { file: 'istio-1.30/list.table.txt', worst: 'info', expected: ['info states-not-shown'] },
    { file: 'istio-1.30/list.json.txt', worst: null, expected: [] },
    { file: 'istio-1.30/list.yaml.txt', worst: null, expected: [] },
    { file: 'istio-1.30/syncz.json', worst: null, expected: [] },
    {
      file: 'istio-1.30/list.v1.txt',
      worst: 'info',
      expected: [
        'details-v1-79dfbd6fff-d8h8g: info not-subscribed SDS',
        'istio-ingressgateway-7f57bc4855-bhbhh: info not-subscribed ECDS',
        'ledger-v1-664f6cbf8c-lzg7s: info not-subscribed ECDS SDS',
        'mytomcat-v1-58c9dbb6d4-mgp6z: info not-subscribed ECDS SDS',
        'productpage-v1-6d8bc58dd7-hjw6r: info not-subscribed ECDS SDS',
        'ratings-v1-b6994bb9c-l65bl: info not-subscribed ECDS SDS',
        'reviews-v1-545db77b95-sr4b9: info not-subscribed ECDS SDS',
      ],
    },
    {
      file: 'between/1.6.txt',
      worst: 'error',
      expected: [
        'info version-skew',
        'istio-egressgateway-58b6f9c7d4-r9xpl: info not-sent RDS',
        'ledger-v1-7c9b5d6f88-tt6zk: error stale RDS',
        'ledger-v1-7c9b5d6f88-tt6zk: warning stale CDS EDS',
        'ledger-v1-7c9b5d6f88-tt6zk: info version-unknown',
      ],
    },
    {
      file: 'between/1.12.txt',
      worst: 'error',
      expected: [
        'info version-skew',
        'info control-planes',
        'istio-ingressgateway-7d5b8c9f46-b2hwd: info not-sent RDS',
        'ledger-v1-7c9b5d6f88-tt6zk: error stale CDS EDS',
        'ledger-v1-7c9b5d6f88-tt6zk: warning starting LDS',
      ],
    },
    {
      file: 'between/1.20.txt',
      worst: 'error',
      expected: [
        'warning version-skew',
        'info control-planes',
        'cart-v1-6f7d9c8b54-lq2vz: info not-sent ECDS',
        'istio-ingressgateway-7d5b8c9f46-b2hwd: info not-sent RDS',
        'istio-ingressgateway-7d5b8c9f46-b2hwd: info not-sent ECDS',
        'ledger-v1-7c9b5d6f88-tt6zk: error rejected LDS',
        'ledger-v1-7c9b5d6f88-tt6zk: warning stale CDS',
        'ledger-v1-7c9b5d6f88-tt6zk: warning not-sent RDS',
        'ztunnel-9fk2c: info not-subscribed CDS LDS EDS RDS ECDS',
      ],
    },
    {
      file: 'between/1.26.txt',
      worst: 'error',
      expected: [
        'cart-v1-6f7d9c8b54-lq2vz: error stale RDS',
        'cart-v1-6f7d9c8b54-lq2vz: info not-subscribed ECDS WRDS istio.io/odd',
        'shop-gateway-istio-6d9f7c5b8d-8gw7s: warning not-sent ECDS',
        'shop-gateway-istio-6d9f7c5b8d-8gw7s: info not-subscribed RDS',
        'shop-gateway-istio-6d9f7c5b8d-8gw7s: info not-subscribed WRDS istio.io/odd',
        'ztunnel-9fk2c: info not-subscribed CDS LDS EDS RDS ECDS',
      ],
    },
    {
      file: 'between/1.27-subscriptions.txt',
      worst: 'info',
      expected: [
        'info states-not-shown',
        'istio-egressgateway-58b6f9c7d4-r9xpl: info not-subscribed RDS',
        'ztunnel-9fk2c: info not-subscribed CDS LDS EDS RDS',
      ],
    },
  ])('$file', ({ file, worst, expected }) => {
    const report = explain(file);
    expect(lines(report)).toEqual(expected);
    expect(report.worst).toBe(worst);
  });
});

describe('expected proxies', () => {
  const FILE = 'istio-1.1/table-synced/stdout.txt';

  it.each<[string, string, string[]]>([
    ['by pod and namespace', 'details-v1-68868454f5-6zx8m.default', []],
    ['by pod', 'details-v1-68868454f5-6zx8m', []],
    ['by deployment', 'deploy/details-v1.default', []],
    ['by deployment without namespace', 'deployment/details-v1', []],
    ['of another namespace', 'details-v1-68868454f5-6zx8m.shop', ['details-v1-68868454f5-6zx8m.shop']],
    ['of a deployment that is not there', 'deploy/details.default', ['deploy/details.default']],
    ['that are not there', 'mysql-v1.default', ['mysql-v1.default']],
  ])('%s', (_, name, missing) => {
    const report = explain(FILE, { expected: [name, name] });
    expect(report.missing).toEqual(missing);
    expect(report.notes.filter(({ code }) => code === 'missing-proxy').map(({ severity }) => severity)).toEqual(
      missing.map(() => 'error'),
    );
  });

  it('that are missing come with the names that are like theirs', () => {
    const [note] = explain(FILE, { expected: ['reviews-v1-old.default'] }).notes;
    expect(note?.text).toContain('Listed with a similar name: reviews-v1-56f6855586-7tq4p.default');
    expect(note?.commands).toContain('kubectl get pod reviews-v1-old -n default');
  });

  it('limit the report', () => {
    const report = explain(FILE, { only: ['deploy/details-v1.default', 'mysql-v1.default'] });
    expect(report.proxies.map(({ name }) => name)).toEqual(['details-v1-68868454f5-6zx8m.default']);
    expect(report.missing).toEqual(['mysql-v1.default']);
  });
});

describe('a listing', () => {
  it('without proxies is an error', () => {
    expect(lines(explainStatus(parseProxyStatus('NAME     CDS     ISTIOD\n')))).toEqual(['error no-proxies']);
  });

  it('with lines that could not be read says which', () => {
    const text = `NAME     CDS        ISTIOD\na.b      SYNCED     i\n${'x\n'.repeat(7)}`;
    const [note] = explainStatus(parseProxyStatus(text)).notes;
    expect(note).toMatchObject({ code: 'unread-lines', severity: 'warning' });
    expect(note?.text).toContain('lines 3, 4, 5, 6 and 7 and 2 more');
  });
});
