import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { compareSides } from '../../../src/compare/drift/compare.js';
import type { Difference, DriftResult } from '../../../src/compare/drift/difference.js';
import { pilotAndEnvoy } from '../../../src/compare/drift/sides.js';
import { compareText, compareTextWithEnvoy } from '../../../src/compare/text/compare-text.js';
import { parseStatusDiff } from '../../../src/decode/unified-diff/status-diff.js';
import { ProxyConfig } from '../../../src/model/proxy.js';
import { hasShared, SHARED, sharedDocuments } from './support.js';

const FOLDER = 'istio-1.30/faulted';
const TEXT = 'istio-1.30/proxy-status/diff.faulted.txt';

/** Every line of FAULTS.md: kind and name, change, cause, and how the first request of it ends on each side. */
const FAULTS: [string, string, string, [string, string] | null][] = [
  [
    'cluster outbound|8888|v2|reviews.default.svc.cluster.local',
    'only-left',
    'not-pushed',
    ['forwarded to outbound|8888|v2|reviews.default.svc.cluster.local', 'responded 503 NC (no_cluster)'],
  ],
  [
    'route 9411',
    'only-left',
    'not-pushed',
    ['forwarded to outbound|9411||zipkin.istio-system.svc.cluster.local', 'responded 404 NR (no_route)'],
  ],
  [
    'listener 10.96.33.6_3306',
    'only-left',
    'rejected',
    ['forwarded to outbound|3306||mysql.default.svc.cluster.local', 'passed through to 10.96.33.6:3306'],
  ],
  [
    'listener 0.0.0.0_20001',
    'only-left',
    'warming',
    ['forwarded to outbound|20001||kiali.istio-system.svc.cluster.local', 'passed through to 10.96.190.20:20001'],
  ],
  [
    'route 20001',
    'only-left',
    'not-pushed',
    ['forwarded to outbound|20001||kiali.istio-system.svc.cluster.local', 'passed through to 10.96.190.20:20001'],
  ],
  ['listener virtualInbound', 'changed', 'rejected', null],
  ['cluster outbound|8888|v2|ratings.default.svc.cluster.local', 'only-left', 'warming', null],
  ['cluster outbound|8888|v1|details.default.svc.cluster.local', 'changed', 'stale', null],
];

function told({ kind, name, change, cause, effects: [worst] }: Difference) {
  return [`${kind} ${name}`, change, cause, worst === undefined ? null : [worst.left, worst.right]];
}

async function envoy(): Promise<ProxyConfig> {
  const documents = [
    ...(await sharedDocuments(`${FOLDER}/config_dump.json`)),
    ...(await sharedDocuments(`${FOLDER}/clusters.json`)),
  ];
  return new ProxyConfig('productpage-v1-6d8bc58dd7-hjw6r.default', documents);
}

const text = () => parseStatusDiff(readFileSync(`${SHARED}${TEXT}`, 'utf8'), TEXT);

describe.skipIf(!hasShared)('a proxy with known faults (needs the shared data)', () => {
  let result: DriftResult;
  beforeAll(async () => {
    const pilot = new ProxyConfig('pilot', await sharedDocuments(`${FOLDER}/pilot.json`));
    result = compareSides({ mode: 'pilot', ...pilotAndEnvoy(pilot, await envoy()), ignore: null });
  });

  it('shows every fault with its cause and effect, the worst first, and nothing else', () => {
    expect(result.differences.map(told)).toEqual(FAULTS);
  });

  it('tells the request of a missing cluster', () => {
    expect(result.differences[0]?.effects[0]?.request).toMatchObject({
      host: 'reviews:8888',
      headers: { 'end-user': 'jason' },
    });
  });

  it('tells the fields of the stale cluster and of the rejected update', () => {
    const pathsOf = (name: string) => result.differences.find(difference => difference.name === name)?.paths;
    expect(pathsOf('outbound|8888|v1|details.default.svc.cluster.local')).toEqual([
      { path: '/connect_timeout', at: 'connect_timeout', left: '10s', right: '3s' },
      { path: '/lb_policy', at: 'lb_policy', left: 'LEAST_REQUEST', right: 'RANDOM' },
    ]);
    expect(pathsOf('virtualInbound')).toMatchObject([
      { at: 'listener_filters[envoy.filters.listener.no_such_thing]', right: null },
    ]);
  });

  it.each([
    ['outbound|8888|v2|ratings.default.svc.cluster.local', /waits for the endpoints of outbound\|8888\|v2\|ratings/],
    ['0.0.0.0_20001', /waits for route table 20001 \(RDS\)/],
    ['10.96.33.6_3306', /“Error adding\/updating listener\(s\) 10\.96\.33\.6_3306: .*StatPrefix/],
    ['virtualInbound', /no_such_thing.*goes on with the one that serves, which is what Pilot has now/],
  ])('says why of %s', (name, why) => {
    expect(result.differences.find(difference => difference.name === name)?.why).toMatch(why);
  });

  it.each([
    '10.244.2.31:3306 UNHEALTHY',
    '10.244.2.13:9080 UNHEALTHY (failed_outlier_check)',
    '10.244.1.16:9080',
    '10.244.3.22:8080',
    '10.244.3.13:9080',
    'all 2 endpoints of outbound|8888||ratings.default.svc.cluster.local are in bad health, used all the same (panic mode)',
  ])('notes the health of endpoints beside the differences: %s', note => {
    expect(result.notes.filter(({ about }) => about === 'health').map(one => one.text)).toContainEqual(
      expect.stringContaining(note),
    );
  });

  it('is recovered from the text of proxy-status over Envoy’s dump', async () => {
    const recovered = compareTextWithEnvoy(text(), await envoy(), { ignore: null });
    expect(recovered.differences.map(told)).toEqual(FAULTS);
    expect(recovered.differences.map(({ paths }) => paths)).toEqual(result.differences.map(({ paths }) => paths));
    expect(recovered.summary).toEqual(result.summary);
  });

  it('is told from the text alone as far as that holds it', () => {
    const { differences, summary } = compareText(text());
    expect(new Map(differences.map(({ kind, name, change, cause }) => [`${kind} ${name}`, [change, cause]]))).toEqual(
      new Map(
        FAULTS.map(([name, change, cause]) => [
          name,
          [change, name === 'listener virtualInbound' ? cause : change === 'changed' ? 'stale' : 'not-pushed'],
        ]),
      ),
    );
    expect(summary.map(({ kind, onlyLeft, changed }) => [kind, onlyLeft, changed])).toEqual([
      ['cluster', 2, 1],
      ['listener', 2, 1],
      ['route', 2, 0],
    ]);
  });
});
