import { describe, expect, it } from 'vitest';
import { runCli } from '../../support/run-cli.js';
import { BASE, line, MISSING, report, SNAPSHOTS, weightedLine } from './log-report.js';

const UT = '504 UT response_timeout - "-"';

describe('a line on which Envoy gave up', () => {
  const limited = (end: string, milliseconds: number) =>
    weightedLine(end, 'reviews', 'v1').replace(' 0 0 1 ', ` 0 0 ${milliseconds} `);

  it.each([
    [
      UT,
      [3001, 7200],
      'upstream',
      { timeout: '3s' },
      'The limit for such a request: timeout 3s. Logged duration: 3.001s … 7.2s.',
    ],
    [UT, [2000], 'changed', { timeout: '3s' }, 'The limit for such a request: timeout 3s. Logged duration: 2s.'],
    [UT, [2000, 3001], 'upstream', { timeout: '3s' }, '2s … 3.001s'],
    [UT.replace('response', 'upstream_per_try'), [1001], 'upstream', { per_try_timeout: '1s' }, 'per_try_timeout 1s'],
    [
      UT.replace('response_timeout', '-'),
      [1001],
      'upstream',
      { timeout: '3s', per_try_timeout: '1s', per_try_idle_timeout: null },
      'timeout 3s, per_try_timeout 1s.',
    ],
    [
      UT.replace('response', 'upstream_per_try_idle'),
      [4000],
      'changed',
      { per_try_idle_timeout: null },
      'Such a request has no per_try_idle_timeout here',
    ],
  ] as const)('%s after %j ms: %s', async (end, durations, agreement, limits, said) => {
    const lines = durations.map(milliseconds => limited(end, milliseconds));
    const { groups } = await report(MISSING, lines, BASE);
    const [least, most] = [durations[0], durations.at(-1)];
    expect(groups).toMatchObject([{ agreement, limits, durations: { least, most } }]);
    const { stdout } = await runCli(['logs', '-', '-f', `${SNAPSHOTS}${MISSING}`, ...BASE], {
      stdin: lines.join('\n'),
      columns: 200,
    });
    expect(stdout.replace(/\s+/g, ' ')).toContain(said);
  });

  it('has no limit to tell of where another one ended it', async () => {
    const { groups } = await report(MISSING, [weightedLine('503 UC - - "-"', 'reviews', 'v1')], BASE);
    expect(groups).toMatchObject([{ agreement: 'upstream', limits: null }]);
  });
});

describe('why the configuration may do otherwise', () => {
  it.each([
    ['2020-01-01T00:00:00.000Z', 'it changed after the last of these lines (last updated at 20'],
    ['2100-01-01T00:00:00.000Z', 'the dump was taken before they were logged, the log is another proxy’s, or'],
    ['-', 'it changed after the line was logged, is not the one that the proxy had then, or'],
  ])('is told by the time of the line: %s', async (time, said) => {
    const stdin = line('503 NC cluster_not_found - "-"', { time });
    const { stdout } = await runCli(['logs', '-', '-f', `${SNAPSHOTS}bookinfo-1.30`, ...BASE], { stdin, columns: 200 });
    const text = stdout.replace(/\s+/g, ' ');
    expect(text).toContain(`This configuration does otherwise: `);
    expect(text).toContain(said);
    expect(text.includes('changed after')).toBe(!time.startsWith('2100'));
  });
});
