import { describe, expect, it } from 'vitest';
import { extension } from '../../support/messages.js';
import type { Json, MinimalParts } from '../../support/minimal-proxy.js';
import { BY_LOCALITY, bad, eds, group, healthy, NO_PANIC, reach, shares, zone } from './endpoints-parts.js';

const FAILING = { common_lb_config: { zone_aware_lb_config: { fail_traffic_on_panic: true } } };

describe('health and priorities', () => {
  it.each<[string, MinimalParts, Record<string, number>]>([
    [
      'EDS health UNKNOWN is healthy',
      eds([group([healthy('1.1.1.1:1', { health_status: 'UNKNOWN' }), bad('1.1.1.2:1')])], NO_PANIC),
      { '1.1.1.1:1': 100, '1.1.1.2:1': 0 },
    ],
    [
      'DRAINING and TIMEOUT are not',
      eds([group([healthy('1.1.1.1:1'), bad('1.1.1.2:1', 'DRAINING'), bad('1.1.1.3:1', 'TIMEOUT')])], NO_PANIC),
      { '1.1.1.1:1': 100, '1.1.1.2:1': 0, '1.1.1.3:1': 0 },
    ],
    [
      'healthy before degraded',
      eds([group([healthy('1.1.1.1:1'), bad('1.1.1.2:1', 'DEGRADED')])]),
      { '1.1.1.1:1': 70, '1.1.1.2:1': 30 },
    ],
    ['degraded alone', eds([group([bad('1.1.1.2:1', 'DEGRADED')])]), { '1.1.1.2:1': 100 }],
    [
      'endpoint weights',
      eds([group([healthy('1.1.1.1:1', { load_balancing_weight: 3 }), healthy('1.1.1.2:1')])]),
      { '1.1.1.1:1': 75, '1.1.1.2:1': 25 },
    ],
    [
      'the next priority takes what the first cannot',
      eds([group([healthy('1.1.1.1:1'), bad('1.1.1.2:1')]), group([healthy('1.1.1.3:1')], { priority: 1 })]),
      { '1.1.1.1:1': 70, '1.1.1.2:1': 0, '1.1.1.3:1': 30 },
    ],
    [
      'a factor of 100',
      eds(
        [group([healthy('1.1.1.1:1'), bad('1.1.1.2:1')]), group([healthy('1.1.1.3:1')], { priority: 1 })],
        {},
        { overprovisioning_factor: 100 },
      ),
      { '1.1.1.1:1': 50, '1.1.1.2:1': 0, '1.1.1.3:1': 50 },
    ],
    [
      'weighted_priority_health',
      eds(
        [
          group([healthy('1.1.1.1:1', { load_balancing_weight: 9 }), bad('1.1.1.2:1')]),
          group([healthy('1.1.1.3:1')], { priority: 1 }),
        ],
        {},
        { weighted_priority_health: true },
      ),
      { '1.1.1.1:1': 100, '1.1.1.2:1': 0, '1.1.1.3:1': 0 },
    ],
    [
      'panic: health and locality weights are ignored',
      eds(
        [
          group([bad('1.1.1.1:1')], { ...zone('a'), load_balancing_weight: 99 }),
          group([bad('1.1.1.2:1'), bad('1.1.1.3:1')], { ...zone('b'), load_balancing_weight: 1 }),
        ],
        BY_LOCALITY,
      ),
      { '1.1.1.1:1': 33, '1.1.1.2:1': 33, '1.1.1.3:1': 33 },
    ],
    [
      'an address listed twice counts once',
      eds([group([healthy('1.1.1.1:1'), healthy('1.1.1.1:1'), healthy('1.1.1.2:1')])]),
      { '1.1.1.1:1': 50, '1.1.1.2:1': 50 },
    ],
  ])('%s', async (_, parts, expected) => {
    const { outcome, endpoints } = await reach(parts);
    expect([outcome, shares(endpoints)]).toEqual(['forwarded', expected]);
  });

  it.each<[string, MinimalParts, string]>([
    ['no endpoints', eds([]), 'the cluster has no endpoints'],
    [
      'none healthy, threshold 0',
      eds([group([bad('1.1.1.1:1')])], NO_PANIC),
      'no endpoint is healthy and the panic threshold is 0',
    ],
    [
      'fail_traffic_on_panic',
      eds([group([bad('1.1.1.1:1'), healthy('1.1.1.2:1'), bad('1.1.1.3:1')])], FAILING),
      'too few endpoints are healthy, and fail_traffic_on_panic refuses all',
    ],
  ])('503 UH: %s', async (_, parts, why) => {
    const { outcome, reason, responseCode, responseFlag, step } = await reach(parts);
    expect([outcome, reason, responseCode, responseFlag, step?.why]).toEqual([
      'responded',
      'no_healthy_upstream',
      503,
      'UH',
      why,
    ]);
  });

  const half = eds(
    [
      group([healthy('1.1.1.1:1'), bad('1.1.1.2:1'), bad('1.1.1.3:1'), bad('1.1.1.4:1')]),
      group([healthy('1.1.2.1:1'), bad('1.1.2.2:1'), bad('1.1.2.3:1')], { priority: 1 }),
    ],
    {
      common_lb_config: {
        healthy_panic_threshold: { value: 30 },
        zone_aware_lb_config: { fail_traffic_on_panic: true },
      },
    },
  );

  it('fail_traffic_on_panic of one priority refuses its part of the requests only', async () => {
    const { outcome, weightedClusters } = await reach(half);
    expect(outcome).toBe('mixed');
    expect(weightedClusters.map(({ share, outcome: end, reason }) => [share, end, reason])).toEqual([
      [0.56, 'forwarded', null],
      [0.44, 'responded', 'no_healthy_upstream'],
    ]);
  });

  it.each([
    [43, 'no_healthy_upstream'],
    [44, null],
  ])('random %i decides which', async (random, reason) => {
    expect((await reach(half, { random })).reason).toBe(reason);
  });
});

describe('localities by weight', () => {
  const twoZones = (a: Json[], b: Json[], weights: readonly [number?, number?]): Json[] => [
    group(a, { ...zone('a'), ...(weights[0] === undefined ? {} : { load_balancing_weight: weights[0] }) }),
    group(b, { ...zone('b'), ...(weights[1] === undefined ? {} : { load_balancing_weight: weights[1] }) }),
  ];
  const a = [healthy('1.1.1.1:1'), healthy('1.1.1.2:1')];
  const b = [healthy('1.1.2.1:1')];

  it.each<[string, Json[], Json, Record<string, number>]>([
    [
      'each locality its weight',
      twoZones(a, b, [1, 3]),
      BY_LOCALITY,
      { '1.1.1.1:1': 13, '1.1.1.2:1': 13, '1.1.2.1:1': 75 },
    ],
    [
      'no weight for one: it gets nothing',
      twoZones(a, b, [1]),
      BY_LOCALITY,
      { '1.1.1.1:1': 50, '1.1.1.2:1': 50, '1.1.2.1:1': 0 },
    ],
    [
      'no weight at all: localities do not count',
      twoZones(a, b, []),
      BY_LOCALITY,
      { '1.1.1.1:1': 33, '1.1.1.2:1': 33, '1.1.2.1:1': 33 },
    ],
    [
      'a locality that is half down counts 0.7',
      twoZones([healthy('1.1.1.1:1'), bad('1.1.1.2:1')], b, [1, 1]),
      BY_LOCALITY,
      { '1.1.1.1:1': 41, '1.1.1.2:1': 0, '1.1.2.1:1': 59 },
    ],
    [
      'weights without locality_weighted_lb_config',
      twoZones(a, b, [1, 3]),
      {},
      { '1.1.1.1:1': 33, '1.1.1.2:1': 33, '1.1.2.1:1': 33 },
    ],
    [
      'the policy extension says so',
      twoZones(a, b, [1, 3]),
      {
        load_balancing_policy: {
          policies: [
            {
              typed_extension_config: extension(
                'p',
                'envoy.extensions.load_balancing_policies.least_request.v3.LeastRequest',
                {
                  locality_lb_config: { locality_weighted_lb_config: {} },
                },
              ),
            },
          ],
        },
      },
      { '1.1.1.1:1': 13, '1.1.1.2:1': 13, '1.1.2.1:1': 75 },
    ],
  ])('%s', async (_, groups, cluster, expected) => {
    expect(shares((await reach(eds(groups, cluster))).endpoints)).toEqual(expected);
  });
});
