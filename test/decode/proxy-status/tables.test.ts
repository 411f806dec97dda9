import { describe, expect, it } from 'vitest';
import { isProxyStatus, parseProxyStatus } from '../../../src/decode/proxy-status/parse.js';
import { fixture, fixtureNames, rows } from './fixtures.js';

const POD: Readonly<Record<string, string>> = {
  details: 'details-v1-68868454f5-6zx8m.default',
  detailsNew: 'details-v1-68868454f5-zzq4t.default',
  egress: 'istio-egressgateway-64f8c9b6f5-tw8gj.istio-system',
  ingress: 'istio-ingressgateway-7c6f8fd795-n5xhd.istio-system',
  mytomcat1: 'mytomcat-v1-7d9d8b9f5b-4mkzs.default',
  mytomcat2: 'mytomcat-v2-6b8f6d7c9d-xq2hb.default',
  productpage: 'productpage-v1-5cb458d74f-k7wzd.default',
  ratings: 'ratings-v1-76f4c9765f-2ns9v.default',
  reviews1: 'reviews-v1-56f6855586-7tq4p.default',
  reviews2: 'reviews-v2-65c9df47f8-c8lmw.default',
  reviews3: 'reviews-v3-6cf47594fd-vvd9k.default',
};
const TODAY: Readonly<Record<string, string>> = {
  details: 'details-v1-79dfbd6fff-d8h8g.default',
  ingress: 'istio-ingressgateway-7f57bc4855-bhbhh.istio-system',
  ledger: 'ledger-v1-664f6cbf8c-lzg7s.secure',
  mytomcat: 'mytomcat-v1-58c9dbb6d4-mgp6z.default',
  productpage: 'productpage-v1-6d8bc58dd7-hjw6r.default',
  ratings: 'ratings-v1-b6994bb9c-l65bl.default',
  reviews: 'reviews-v1-545db77b95-sr4b9.default',
};

const OLD = (cds: string, lds: string, eds: string, rds: string) => `CDS=${cds} LDS=${lds} EDS=${eds} RDS=${rds}`;
const FULL = OLD('SYNCED', 'SYNCED', 'SYNCED/100%', 'SYNCED');
const HALF = OLD('SYNCED', 'SYNCED', 'SYNCED/50%', 'SYNCED');
const NO_ROUTES = OLD('SYNCED', 'SYNCED', 'SYNCED/100%', 'NOT SENT');
const STARTING = OLD('SYNCED', 'NOT SENT', 'NOT SENT/0%', 'NOT SENT');
const NEVER = 'STALE/Never Acknowledged';
const ALL_STALE = OLD(NEVER, NEVER, `${NEVER}, 50%`, NEVER);
const HALF_STALE = OLD('SYNCED', NEVER, 'SYNCED/50%', NEVER);
const QS = 'istio-pilot-5c4d9c7d6b-qs7tl | 1.1.3';
const ZW = 'istio-pilot-5c4d9c7d6b-zw4kp | 1.1.3';
const X7 = 'istio-pilot-84d8d9b5c8-x7l2m | 1.0.6';

const SUBSCRIBED = (...types: string[]) => types.map(type => `${type}=SUBSCRIBED`).join(' ');
const FOUR = SUBSCRIBED('CDS', 'LDS', 'EDS', 'RDS');
const AGED = (age: string, ecds: string, sds: string) =>
  `${['CDS', 'LDS', 'EDS', 'RDS'].map(type => `${type}=SYNCED/${age}`).join(' ')} ECDS=${ecds} SDS=${sds}`;
const PLAIN = (age: string) => `${AGED(age, 'IGNORED', 'IGNORED')} | - | 1.30.3`;

const stale = {
  details: `${HALF} | ${QS}`,
  detailsNew: `${STARTING} | ${QS}`,
  egress: `${NO_ROUTES} | ${QS}`,
  ingress: `${FULL} | ${QS}`,
  mytomcat1: `${HALF} | ${QS}`,
  mytomcat2: `${ALL_STALE} | ${QS}`,
  productpage: `${HALF} | ${QS}`,
  ratings: `${HALF} | ${QS}`,
  reviews1: `${HALF} | ${QS}`,
  reviews2: `${HALF} | ${QS}`,
  reviews3: `${HALF_STALE} | ${QS}`,
};
const { detailsNew: _, ...staleRoute } = stale;
const synced = { ...staleRoute, mytomcat2: `${HALF} | ${QS}`, reviews3: `${HALF} | ${QS}` };
const connecting = Object.fromEntries(Object.entries(synced).map(([pod, row]) => [pod, row.replace('/50%', '/100%')]));

interface TableCase {
  readonly file: string;
  readonly pods: Readonly<Record<string, string>>;
  readonly expected: Readonly<Record<string, string>>;
}

const TABLES: readonly TableCase[] = [
  { file: 'istio-1.1/table-synced/stdout.txt', pods: POD, expected: synced },
  { file: 'istio-1.1/table-connecting/stdout.txt', pods: POD, expected: connecting },
  { file: 'istio-1.1/table-stale-route/stdout.txt', pods: POD, expected: staleRoute },
  { file: 'istio-1.1/table-stale-all/stdout.txt', pods: POD, expected: stale },
  {
    file: 'istio-1.1/table-two-pilots/stdout.txt',
    pods: POD,
    expected: {
      ...stale,
      mytomcat1: `${HALF} | ${ZW}`,
      mytomcat2: `${ALL_STALE} | ${ZW}`,
      ratings: `${HALF} | ${ZW}`,
    },
  },
  {
    file: 'istio-1.1/table-timed-nonces/stdout.txt',
    pods: POD,
    expected: {
      details: `${FULL} | ${X7}`,
      egress: `${NO_ROUTES} | ${X7}`,
      ingress: `${FULL} | ${X7}`,
      mytomcat1: `${HALF} | istio-pilot-84d8d9b5c8-x7l2m | -`,
      productpage: `${OLD('SYNCED', 'STALE/1m2s', 'SYNCED/50%', 'STALE/1m2s')} | ${X7}`,
      ratings: `${OLD('STALE/13m15s', 'STALE/13m15s', 'STALE/13m15s, 27%', 'STALE/12m13s')} | ${X7}`,
      reviews1: `${HALF_STALE} | ${X7}`,
      reviews2: `${STARTING} | ${X7}`,
    },
  },
  {
    file: 'istio-1.30/list.table.txt',
    pods: TODAY,
    expected: {
      details: `${FOUR} ECDS=SUBSCRIBED | - | 1.30.3`,
      ingress: `${FOUR} SDS=SUBSCRIBED | - | 1.30.3`,
      ledger: `${FOUR} | - | 1.30.3`,
      mytomcat: `${FOUR} | - | 1.30.3`,
      productpage: `${FOUR} | - | 1.30.3`,
      ratings: `${FOUR} | - | 1.30.3`,
      reviews: `${FOUR} | - | 1.30.3`,
    },
  },
  {
    file: 'istio-1.30/list.default-ns.txt',
    pods: TODAY,
    expected: {
      details: `${FOUR} ECDS=SUBSCRIBED | - | 1.30.3`,
      mytomcat: `${FOUR} | - | 1.30.3`,
      productpage: `${FOUR} | - | 1.30.3`,
      ratings: `${FOUR} | - | 1.30.3`,
      reviews: `${FOUR} | - | 1.30.3`,
    },
  },
  {
    file: 'istio-1.30/list.v1.txt',
    pods: TODAY,
    expected: {
      details: `${AGED('1s', 'SYNCED/1s', 'IGNORED')} | - | 1.30.3`,
      ingress: `${AGED('0s', 'IGNORED', 'SYNCED/0s')} | - | 1.30.3`,
      ledger: PLAIN('0s'),
      mytomcat: PLAIN('0s'),
      productpage: PLAIN('1s'),
      ratings: PLAIN('1s'),
      reviews: PLAIN('1s'),
    },
  },
];

describe('the tables of istioctl 1.1.6 and 1.30.3', () => {
  it.each(TABLES)('$file', ({ file, pods, expected }) => {
    const text = fixture(file);

    expect(isProxyStatus(text)).toBe(true);
    const status = parseProxyStatus(text);
    expect(rows(status)).toEqual(Object.entries(expected).map(([pod, row]) => `${pods[pod]} | ${row}`));
    expect(status.unread).toEqual([]);
  });

  it('are all in this test', () => {
    const old = fixtureNames('istio-1.1').map(folder => `istio-1.1/${folder}/stdout.txt`);
    const today = fixtureNames('istio-1.30')
      .filter(name => /^list\.(table|v1|default-ns)/.test(name))
      .map(name => `istio-1.30/${name}`);
    expect(TABLES.map(({ file }) => file).sort()).toEqual([...old, ...today].sort());
  });
});

const CART = 'cart-v1-6f7d9c8b54-lq2vz.shop';
const LEDGER = 'ledger-v1-7c9b5d6f88-tt6zk.bank';
const ISTIOD = 'istiod-7f4c9d8b6-2xkqp';
const OTHER = 'istiod-7f4c9d8b6-9mznt';
const ALL = OLD('SYNCED', 'SYNCED', 'SYNCED', 'SYNCED');
const UNROUTED = OLD('SYNCED', 'SYNCED', 'SYNCED', 'NOT SENT');

describe('the layouts between', () => {
  it.each([
    {
      file: '1.0-proxy-header.txt',
      expected: [
        `${CART} | ${FULL} | istio-pilot-6b9f4c7d8-jkr5m | -`,
        `istio-ingress-5d8c7b9f64-wm4tn.istio-system | ${OLD('SYNCED', 'SYNCED', 'SYNCED/75%', 'NOT SENT')} | istio-pilot-6b9f4c7d8-jkr5m | -`,
      ],
    },
    {
      file: '1.6.txt',
      expected: [
        `${CART} | ${ALL} | ${ISTIOD} | 1.6.14`,
        `istio-egressgateway-58b6f9c7d4-r9xpl.istio-system | ${UNROUTED} | ${ISTIOD} | 1.6.14`,
        `${LEDGER} | ${OLD('STALE', 'SYNCED', 'STALE', NEVER)} | ${ISTIOD} | 1.5.9`,
      ],
    },
    {
      file: '1.12.txt',
      expected: [
        `${CART} | ${ALL} | ${ISTIOD} | 1.12.9`,
        `istio-ingressgateway-7d5b8c9f46-b2hwd.istio-system | ${UNROUTED} | ${OTHER} | 1.12.9`,
        `${LEDGER} | ${OLD(NEVER, 'NOT SENT', NEVER, 'SYNCED')} | ${ISTIOD} | 1.11.4`,
      ],
    },
    {
      file: '1.20.txt',
      expected: [
        `${CART} | ${ALL} ECDS=NOT SENT | ${ISTIOD} | 1.20.8`,
        `istio-ingressgateway-7d5b8c9f46-b2hwd.istio-system | ${UNROUTED} ECDS=NOT SENT | ${ISTIOD} | 1.20.8`,
        `${LEDGER} | ${OLD('STALE', 'ERROR', 'SYNCED', 'NOT SENT')} ECDS=SYNCED | ${OTHER} | 1.18.7`,
        `ztunnel-9fk2c.istio-system | ${OLD('IGNORED', 'IGNORED', 'IGNORED', 'IGNORED')} ECDS=IGNORED | ${ISTIOD} | 1.20.8`,
      ],
    },
    {
      file: '1.26.txt',
      expected: [
        `${CART} | ${OLD('SYNCED/3h20m', 'SYNCED/3h20m', 'SYNCED/12s', 'STALE/3h20m')} ECDS=IGNORED WRDS=IGNORED istio.io/odd=IGNORED | ${ISTIOD} | 1.26.2`,
        `shop-gateway-istio-6d9f7c5b8d-8gw7s.shop | ${OLD('SYNCED/2d', 'SYNCED/2d', 'SYNCED/12s', 'IGNORED')} ECDS=NOT SENT WRDS=IGNORED istio.io/odd=IGNORED | ${ISTIOD} | 1.26.2`,
        `ztunnel-9fk2c.istio-system | ${OLD('IGNORED', 'IGNORED', 'IGNORED', 'IGNORED')} ECDS=IGNORED WRDS=SYNCED/1m5s istio.io/odd=SYNCED/1m5s | - | 1.26.2`,
      ],
    },
    {
      file: '1.27-subscriptions.txt',
      expected: [
        `${CART} | ${FOUR} | ${ISTIOD} | 1.27.1`,
        `istio-egressgateway-58b6f9c7d4-r9xpl.istio-system | ${SUBSCRIBED('CDS', 'LDS', 'EDS')} RDS=IGNORED | ${ISTIOD} | 1.27.1`,
        `ztunnel-9fk2c.istio-system | ${OLD('IGNORED', 'IGNORED', 'IGNORED', 'IGNORED')} | - | 1.27.1`,
      ],
    },
  ])('$file', ({ file, expected }) => {
    const text = fixture(`between/${file}`);

    expect(isProxyStatus(text)).toBe(true);
    expect(rows(parseProxyStatus(text))).toEqual(expected);
  });

  it('tell the cluster of each proxy', () => {
    const { proxies } = parseProxyStatus(fixture('between/1.20.txt'));
    expect(proxies.map(({ cluster }) => cluster)).toEqual(['east', 'east', 'west', 'east']);
  });

  it('mark a version that is not Istio’s with a star', () => {
    const { proxies } = parseProxyStatus(fixture('between/1.6.txt'));
    expect(proxies.map(({ versionGuessed }) => versionGuessed ?? false)).toEqual([false, false, true]);
  });
});
