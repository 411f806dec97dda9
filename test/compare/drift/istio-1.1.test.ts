import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compareSides } from '../../../src/compare/drift/compare.js';
import type { DriftResult } from '../../../src/compare/drift/difference.js';
import { pilotAndEnvoy } from '../../../src/compare/drift/sides.js';
import { compareText, compareTextWithEnvoy } from '../../../src/compare/text/compare-text.js';
import { parseStatusDiff } from '../../../src/decode/unified-diff/status-diff.js';
import { ProxyConfig } from '../../../src/model/proxy.js';
import { hasShared, SHARED, sharedDocuments } from './support.js';

const FOLDER = 'istio-1.1/proxy-status';
const KUBE_DNS = 'outbound|53||kube-dns.kube-system.svc.cluster.local';
const REDIS = 'outbound|6379||redis.default.svc.cluster.local';
const FORWARDED = `forwarded to ${REDIS}`;
const PASSED = 'passed through to 10.1.240.18:6379';
const LEFT_ALONE = /^left to the catch-all listener: passed through, or black-holed/;

/** Kind and name, cause, and how the worst request ends on each side. */
type Told = [name: string, cause: string, left: string | RegExp | null, right: string | RegExp | null];

const split = (v1: number, v2: number, port: number) =>
  `forwarded ${v1} % to outbound|${port}|v1|mytomcat.default.svc.cluster.local, ${v2} % to outbound|${port}|v2|mytomcat.default.svc.cluster.local`;
const byWeight = (v1: number, v2: number, port: number) =>
  `forwarded by weight ${v1} to outbound|${port}|v1|mytomcat.default.svc.cluster.local, ${v2} to outbound|${port}|v2|mytomcat.default.svc.cluster.local`;

const ROUTE_8888: Told = ['route 8888', 'stale', split(90, 10, 8888), split(50, 50, 8888)];
const ROUTE_80: Told = ['route 80', 'stale', null, null];
const ROUTES_IN_TEXT: Told[] = [80, 8888].map(port => [
  `route ${port}`,
  'stale',
  byWeight(90, 10, port),
  byWeight(50, 50, port),
]);
const NEW_SERVICE: Told[] = [
  ['listener 10.1.240.18_6379', 'not-pushed', FORWARDED, PASSED],
  [`cluster ${REDIS}`, 'not-pushed', FORWARDED, PASSED],
  ROUTE_8888,
  ROUTE_80,
];
const NEW_SERVICE_IN_TEXT: Told[] = [
  ['listener 10.1.240.18_6379', 'not-pushed', FORWARDED, LEFT_ALONE],
  ...ROUTES_IN_TEXT,
  [`cluster ${REDIS}`, 'not-pushed', null, null],
];
const MISSING_IN_TEXT: Told[] = [
  [`cluster ${KUBE_DNS}`, 'not-pushed', `forwarded to ${KUBE_DNS}`, 'closed (no_cluster)'],
];

/** What the two dumps tell, and what the text alone does. */
const CASES: [string, Told[], Told[]][] = [
  ['diff-match', [], []],
  ['diff-match-gateway', [], []],
  ['diff-match-no-routes', [], []],
  ['diff-match-tz', [], []],
  [
    'diff-missing-cluster',
    [[`cluster ${KUBE_DNS}`, 'not-pushed', `forwarded to ${KUBE_DNS}`, 'closed NR (no_cluster)']],
    MISSING_IN_TEXT,
  ],
  [
    'diff-warming-cluster',
    [[`cluster ${KUBE_DNS}`, 'warming', `forwarded to ${KUBE_DNS}`, 'closed NR (no_cluster)']],
    MISSING_IN_TEXT,
  ],
  ['diff-route', [ROUTE_8888, ROUTE_80], ROUTES_IN_TEXT],
  [
    'diff-listener-rejected',
    [['listener 10.1.240.18_6379', 'rejected', FORWARDED, PASSED], ROUTE_8888, ROUTE_80],
    [['listener 10.1.240.18_6379', 'rejected', FORWARDED, LEFT_ALONE], ...ROUTES_IN_TEXT],
  ],
  ['diff-cluster-listener-route', NEW_SERVICE, NEW_SERVICE_IN_TEXT],
  ['diff-two-pilots', NEW_SERVICE, NEW_SERVICE_IN_TEXT],
];

function told({ differences }: DriftResult) {
  return differences.map(({ kind, name, cause, effects: [worst] }) => [
    `${kind} ${name}`,
    cause,
    worst?.left ?? null,
    worst?.right ?? null,
  ]);
}

const expected = (list: readonly Told[]) =>
  list.map(item => item.map(part => (part instanceof RegExp ? expect.stringMatching(part) : part)));

const textOf = (name: string) => parseStatusDiff(readFileSync(`${SHARED}${FOLDER}/${name}/stdout.txt`, 'utf8'), name);
const proxyIn = async (name: string, file: string) =>
  new ProxyConfig('proxy', await sharedDocuments(`${FOLDER}/${name}/${file}`));
const envoyIn = (name: string) => proxyIn(name, 'envoy-config_dump.json');

async function fromDumps(name: string): Promise<DriftResult> {
  const file = readdirSync(`${SHARED}${FOLDER}/${name}`).find(one => one.startsWith('pilot-config_dump')) ?? '';
  const sides = pilotAndEnvoy(await proxyIn(name, file), await envoyIn(name));
  return compareSides({ ...sides, mode: 'pilot', ignore: null });
}

describe.skipIf(!hasShared)('istioctl proxy-status POD of Istio 1.1 (needs the shared data)', () => {
  it.each(CASES)('%s: from the two dumps', async (name, differences) => {
    expect(told(await fromDumps(name))).toEqual(expected(differences));
  });

  it.each(CASES)('%s: from the text alone', (name, _, differences) => {
    const result = compareText(textOf(name));
    expect([told(result), result.equal]).toEqual([expected(differences), differences.length === 0]);
  });

  it.each(CASES)('%s: the text over Envoy’s dump is as good as the two dumps', async (name, differences) => {
    const result = compareTextWithEnvoy(textOf(name), await envoyIn(name), { ignore: null });
    expect(told(result)).toEqual(expected(differences));
    const paths = (one: DriftResult) => one.differences.map(difference => difference.paths);
    expect(paths(result)).toEqual(paths(await fromDumps(name)));
  });

  it.each([
    ['diff-missing-cluster', 'the dumps', fromDumps],
    ['diff-missing-cluster', 'the text', (name: string) => compareText(textOf(name))],
    ['diff-warming-cluster', 'the dumps', fromDumps],
  ])('%s: %s say what becomes of DNS over the mesh', async (name, _, compare) => {
    const [difference] = (await compare(name)).differences;
    expect(difference?.effect).toMatch(/DNS over TCP through the mesh gets no answer.*DNS over UDP is not captured/);
  });

  it('tells the weights by cluster', async () => {
    const [first] = (await fromDumps('diff-route')).differences;
    expect(first?.paths.map(({ at, left, right }) => [at, left, right])).toEqual(
      ['v1', 'v2'].map(subset => [
        `virtual_hosts[mytomcat.default.svc.cluster.local:8888].routes[0].route.weighted_clusters.clusters[outbound|8888|${subset}|mytomcat.default.svc.cluster.local].weight`,
        subset === 'v1' ? 90 : 10,
        50,
      ]),
    );
  });

  it('does not claim more of a listener that was left behind than is sure', async () => {
    for (const result of [await fromDumps('diff-listener-rejected'), compareText(textOf('diff-listener-rejected'))]) {
      expect(result.differences[0]?.why).toMatch(/most likely rejected.*unless the push was still under way/);
      expect(result.differences[0]?.remedy).toMatch(/Compare again in a minute.*grep -i reject/);
    }
  });

  it('has a case for every recorded text', () => {
    const texts = readdirSync(`${SHARED}${FOLDER}`).filter(
      name => name.startsWith('diff-') && !existsSync(`${SHARED}${FOLDER}/${name}/stderr.txt`),
    );
    expect(CASES.map(([name]) => name).sort()).toEqual(texts.sort());
  });
});
