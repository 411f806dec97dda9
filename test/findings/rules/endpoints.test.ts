import { describe, expect, it } from 'vitest';
import { address, chain, listener, virtualOutbound } from '../../support/messages.js';
import { type Json, minimalProxy } from '../../support/minimal-proxy.js';
import { checked, line, traced } from '../support/findings.js';
import { from, outbound, PASSTHROUGH, rds, service, table } from '../support/mesh.js';

const SHOP = outbound('shop');
const RULE = from('destination-rule', 'shop');
const NO_PANIC = { common_lb_config: { healthy_panic_threshold: {} }, outlier_detection: {} };

function status(ip: string, health: Json): Json {
  return { address: address(ip, 80), health_status: health };
}

/** A proxy that sends to shop, whose endpoints are in these states. */
function proxy(cluster: Json, states: readonly Json[]) {
  const { cluster: message } = service('shop', [], { ...RULE, ...cluster });
  const hosts = states.map((state, i) => status(`10.1.0.${i + 1}`, state));
  return minimalProxy({
    listeners: [virtualOutbound(), listener(80, [chain([rds('80')])])],
    routes: [table(80, 'shop', [{ match: { prefix: '/' }, route: { cluster: SHOP } }])],
    clusters: [message],
    endpoints: [],
    statuses: [{ name: SHOP, host_statuses: hosts }],
  });
}

const GOOD = { eds_health_status: 'HEALTHY' };
const EJECTED = { failed_outlier_check: true };
const SICK = { failed_active_health_check: true };

describe.each<[string, Json, Json[], string[]]>([
  ['all are healthy', {}, [GOOD, GOOD], []],
  ['there are none', {}, [], ['error no-endpoints Service default/shop']],
  ['one of three is ejected', NO_PANIC, [GOOD, GOOD, EJECTED], ['info ejected-endpoints Service default/shop']],
  ['all are ejected', NO_PANIC, [EJECTED, EJECTED], ['error ejected-endpoints Service default/shop']],
  [
    'all are ejected, and used in panic',
    {},
    [EJECTED, EJECTED],
    ['warning ejected-endpoints Service default/shop', 'warning panic-mode Service default/shop'],
  ],
  [
    'the only one is ejected, and used in panic',
    {},
    [EJECTED],
    ['info ejected-endpoints Service default/shop', 'info panic-mode Service default/shop'],
  ],
  ['most are sick', {}, [SICK, SICK, GOOD], ['warning panic-mode Service default/shop']],
  ['half are sick', {}, [SICK, GOOD], []],
  ['all are sick, and panic is off', NO_PANIC, [SICK, SICK], ['error no-healthy-endpoints Service default/shop']],
  [
    'some are sick and the others ejected',
    NO_PANIC,
    [SICK, EJECTED],
    ['error no-healthy-endpoints Service default/shop', 'info ejected-endpoints Service default/shop'],
  ],
])('where %s', (_, cluster, states, expected) => {
  it('a check finds it', async () => {
    const own = await proxy(cluster, states);
    const codes = ['no-endpoints', 'ejected-endpoints', 'no-healthy-endpoints', 'panic-mode'] as const;
    expect(
      codes
        .flatMap(code => checked(code, own))
        .map(line)
        .sort(),
    ).toEqual([...expected].sort());
  });

  it('a trace that fails for it tells it first', async () => {
    const own = await proxy(cluster, states);
    const [first] = traced({ to: 'shop:80' }, own);
    const [cause] = expected.filter(text => text.startsWith('error'));
    if (cause !== undefined)
      expect(line(first as never)).toMatch(/^error (no-endpoints|ejected-endpoints|no-healthy-endpoints)/);
  });
});

it('a subset without endpoints is the DestinationRule’s, where the service has some', async () => {
  const whole = service('shop', ['10.1.0.1:80'], RULE);
  const subset = service('shop', [], RULE, 80, 'v2');
  const own = await minimalProxy({
    clusters: [whole.cluster, subset.cluster],
    endpoints: [whole.endpoints, subset.endpoints],
  });
  expect(checked('no-endpoints', own).map(line)).toEqual(['error no-endpoints DestinationRule default/shop']);
});

it('nothing is said of endpoints that a dump does not hold, but that', async () => {
  const { cluster } = service('shop', []);
  const own = await minimalProxy({ clusters: [cluster], endpoints: null });
  expect(checked('no-endpoints', own)).toEqual([]);
  expect(checked('dump-without-endpoints', own).map(line)).toEqual([
    'warning dump-without-endpoints Pod default/app-1',
  ]);
});

describe('target-port-unserved', () => {
  async function pair(ports: string | undefined, port: number) {
    const { cluster, endpoints } = service('shop', [`10.1.0.1:${port}`]);
    const client = await minimalProxy({ clusters: [cluster], endpoints: [endpoints] });
    const metadata = ports === undefined ? {} : { POD_PORTS: ports };
    const server = await minimalProxy({
      node: { id: 'sidecar~10.1.0.1~shop-1.default~default.svc.cluster.local', metadata },
    });
    return checked('target-port-unserved', client, server).map(line);
  }

  it.each([
    ['[{"containerPort":9080}]', 9999, ['warning target-port-unserved Service default/shop']],
    ['[{"containerPort":9080},{"containerPort":9999}]', 9999, []],
    ['[]', 9999, []],
    [undefined, 9999, []],
    ['not JSON', 9999, []],
  ])('of a pod that declares %s, port %i', async (ports, port, expected) => {
    expect(await pair(ports, port)).toEqual(expected);
  });
});

describe('headless and external services', () => {
  it('are worth knowing', async () => {
    const headless = { name: outbound('db', 5432), type: 'ORIGINAL_DST' };
    const wildcard = { name: 'outbound|443||*.example.com', type: 'ORIGINAL_DST' };
    const alias = {
      name: outbound('alias'),
      type: 'STRICT_DNS',
      load_assignment: { endpoints: [{ lb_endpoints: [{ endpoint: { address: address('www.example.com', 80) } }] }] },
    };
    const own = await minimalProxy({ clusters: [headless, wildcard, alias] });
    expect(checked('headless-service-pod-ip', own).map(line)).toEqual([
      'info headless-service-pod-ip Service default/db',
    ]);
    const [external] = checked('external-name-service', own);
    expect(external).toMatchObject({ severity: 'info', resource: { name: 'alias' } });
    expect(external?.why).toContain('for www.example.com');
  });

  it('a pod’s own address is told in a trace', async () => {
    const { cluster, endpoints } = service('shop', ['10.1.0.1:8080']);
    const own = await minimalProxy({
      listeners: [virtualOutbound()],
      clusters: [cluster, PASSTHROUGH],
      endpoints: [endpoints],
    });
    const [first] = traced({ ip: '10.1.0.1', port: 8080 }, own);
    expect(line(first as never)).toBe('warning headless-service-pod-ip Service default/shop');
  });
});
