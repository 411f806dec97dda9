import { describe, expect, it } from 'vitest';
import { LINES, loggedValues } from './log-lines.js';
import { BASE, line, MISSING, report, traced, weightedLine } from './log-report.js';

describe('what a line and the configuration have to do with each other', () => {
  it.each([
    ['503 NC cluster_not_found - "-"', 'changed'],
    ['404 NR route_not_found - "-"', 'changed'],
    ['503 UF,URX upstream_reset_before_response_started{connection_failure} - "-"', 'upstream'],
    ['503 UC upstream_reset_before_response_started{connection_termination} - "-"', 'upstream'],
    ['504 UT response_timeout - "-"', 'changed'],
    ['504 UT upstream_per_try_timeout - "-"', 'changed'],
    ['500 - via_upstream - "-"', 'upstream'],
    ['0 DC downstream_remote_disconnect - "-"', 'client'],
    ['429 RL request_rate_limited - "-"', 'run-time'],
    ['503 UO upstream_reset_before_response_started{overflow} - "-"', 'run-time'],
    ['403 - rbac_access_denied_matched_policy[none] - "-"', 'changed'],
  ])('%s', async (end, agreement) => {
    const { groups } = await report('bookinfo-1.30', [line(end)], BASE);
    expect(groups).toMatchObject([{ agreement, count: 1, verdict: { outcome: 'forwarded' } }]);
  });

  it('keeps back the tokens of other people', async () => {
    const path = '/details/0?access_token=s3cret1';
    const { groups } = await report('bookinfo-1.30', [line('503 NC cluster_not_found - "-"', { path })], BASE);
    expect(groups).toMatchObject([{ request: { path: '/details/0?access_token=REDACTED' } }]);
    expect(JSON.stringify(groups)).not.toContain('s3cret1');
  });

  it('differs where both end the request, each in its own way', async () => {
    const other = line('404 NR route_not_found - "-"').replaceAll('details', 'orphan');
    expect((await report('bookinfo-1.30', [other], BASE)).groups).toMatchObject([
      { agreement: 'differs', verdict: { responseFlag: 'UH' } },
    ]);
  });

  it('names the cluster that the request does not reach any more', async () => {
    const cluster = 'outbound|8888|v2|details.default.svc.cluster.local';
    expect(
      (await report('bookinfo-1.30', [line('200 - via_upstream - "-"', { cluster })], [...BASE, '--all'])).groups,
    ).toMatchObject([{ agreement: 'changed', otherCluster: cluster }]);
  });

  it('agrees for a share where the route is weighted', async () => {
    const expected = await traced({
      name: '',
      snapshot: MISSING,
      proxy: 'productpage',
      request: { to: 'mytomcat:8888', random: 85 },
    });
    expect((await report(MISSING, [LINES['Istio 1.9'](loggedValues(expected))], BASE)).groups).toMatchObject([
      { agreement: 'agrees', share: 0.2, verdict: { outcome: 'responded', responseFlag: 'NC' } },
    ]);
  });

  it.each([
    [
      'bookinfo-1.30',
      '403 - via_upstream - "-"',
      'reviews',
      'v3',
      { agreement: 'upstream', share: null },
      'ejected-endpoints',
    ],
    ['bookinfo-1.30', '403 - via_upstream - "-"', 'reviews', 'v1', { agreement: 'agrees', share: 0.9 }, 'rbac-denies'],
    [MISSING, '503 UC - - "-"', 'reviews', 'v1', { agreement: 'upstream' }, undefined],
    [MISSING, '503 UC - - "-"', 'reviews', 'v3', { agreement: 'upstream' }, 'ejected-endpoints'],
    [MISSING, '503 UF - - "-"', 'mytomcat', 'v1', { agreement: 'upstream', share: null }, undefined],
    [
      MISSING,
      '503 NC cluster_not_found - "-"',
      'mytomcat',
      'v3',
      { agreement: 'agrees', share: 0.2 },
      'missing-subset',
    ],
    [
      MISSING,
      '503 NC cluster_not_found - "-"',
      'mytomcat',
      '-',
      { agreement: 'agrees', share: 0.2, verdict: { outcome: 'mixed' } },
      'missing-subset',
    ],
  ] as const)(
    'judges the branch that the line took: %s %s to %s %s',
    async (snapshot, end, service, subset, group, finding) => {
      const { groups } = await report(snapshot, [weightedLine(end, service, subset)], BASE);
      expect(groups).toMatchObject([group]);
      expect(groups[0]?.finding?.code).toBe(finding);
    },
  );
});
