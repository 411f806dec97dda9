import { describe, expect, it } from 'vitest';
import { mismatches } from '../../src/compare/expectation.js';

const result = {
  outcome: 'forwarded',
  reason: null,
  rewrite: { path: '/x', host: null },
  endpoints: [
    { address: '10.0.0.1:80', health: 'HEALTHY' },
    { address: '10.0.0.2:80', health: 'UNHEALTHY' },
  ],
  findings: [],
};

describe('mismatches', () => {
  it.each([
    [{}],
    [{ outcome: 'forwarded', reason: null }],
    [{ rewrite: { path: '/x' } }],
    [{ endpoints: [{ health: 'HEALTHY' }] }],
    [{ endpoints: [{ address: '10.0.0.2:80' }] }],
    [{ endpoints: [{ health: 'HEALTHY' }, { health: 'UNHEALTHY' }] }],
    [{ findings: [] }],
  ])('%j holds', expected => {
    expect(mismatches(expected, result)).toEqual([]);
  });

  it.each([
    [{ outcome: 'closed' }, [{ path: 'outcome', expected: 'closed', actual: 'forwarded' }]],
    [{ reason: 'loop' }, [{ path: 'reason', expected: 'loop', actual: null }]],
    [{ rewrite: { path: '/y', host: null } }, [{ path: 'rewrite.path', expected: '/y', actual: '/x' }]],
    [{ cluster: 'c' }, [{ path: 'cluster', expected: 'c', actual: undefined }]],
    [{ toString: null }, [{ path: 'toString', expected: null, actual: undefined }]],
    [{ outcome: { name: 'x' } }, [{ path: 'outcome', expected: { name: 'x' }, actual: 'forwarded' }]],
    [{ endpoints: [] }, [{ path: 'endpoints', expected: [], actual: result.endpoints }]],
    [
      { endpoints: [{ health: 'UNHEALTHY' }, { health: 'UNHEALTHY' }] },
      [{ path: 'endpoints[0].health', expected: 'UNHEALTHY', actual: 'HEALTHY' }],
    ],
    [
      { endpoints: [{ health: 'DRAINING' }] },
      [{ path: 'endpoints', expected: [{ health: 'DRAINING' }], actual: result.endpoints }],
    ],
    [
      { endpoints: [{ health: 'UNHEALTHY' }, { health: 'HEALTHY' }] },
      [
        { path: 'endpoints[0].health', expected: 'UNHEALTHY', actual: 'HEALTHY' },
        { path: 'endpoints[1].health', expected: 'HEALTHY', actual: 'UNHEALTHY' },
      ],
    ],
  ])('%j differs', (expected, found) => {
    expect(mismatches(expected, result)).toEqual(found);
  });
});
