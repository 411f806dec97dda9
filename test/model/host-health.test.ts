import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { healthOf } from '../../src/model/host-health.js';
import { View } from '../../src/model/view.js';

const STATES = ['HEALTHY', 'UNKNOWN', 'UNHEALTHY', 'DRAINING', 'TIMEOUT', 'DEGRADED'];
const FLAGS = [
  'failed_active_health_check',
  'failed_outlier_check',
  'active_hc_timeout',
  'failed_active_degraded_check',
  'pending_active_hc',
  'excluded_via_immediate_hc_fail',
  'pending_dynamic_removal',
];

describe('healthOf', () => {
  it('says the same of flags beside a field that nobody knows (property)', () => {
    const state = fc.option(fc.constantFrom(...STATES), { nil: undefined });
    const flags = fc.record(
      {
        eds_health_status: fc.constantFrom(...STATES),
        ...Object.fromEntries(FLAGS.map(flag => [flag, fc.boolean()])),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(state, flags, (eds, value) => {
        expect(healthOf(eds, new View(value, ''))).toEqual(healthOf(eds, new View({ ...value, other: 1 }, '')));
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    [undefined, { eds_health_status: 'HEALTHY' }, 'healthy', 'HEALTHY'],
    ['UNHEALTHY', { eds_health_status: 'HEALTHY' }, 'healthy', 'HEALTHY'],
    ['UNHEALTHY', {}, 'unhealthy', 'UNHEALTHY'],
    ['UNHEALTHY', undefined, 'unhealthy', 'UNHEALTHY'],
    [
      undefined,
      { eds_health_status: 'HEALTHY', failed_outlier_check: true },
      'unhealthy',
      'UNHEALTHY (failed_outlier_check)',
    ],
  ])('%s beside %j: %s', (eds, flags, health, status) => {
    expect(healthOf(eds, flags === undefined ? undefined : new View(flags, ''))).toEqual({ health, status });
  });
});
