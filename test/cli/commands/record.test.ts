import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { runCli } from '../../support/run-cli.js';

const SNAPSHOT = fileURLToPath(new URL('../../../snapshots/bookinfo-1.30-missing-subset', import.meta.url));
const SOURCE = ['-f', SNAPSHOT, '--proxy', 'productpage'];
const REQUESTS = `
- { id: jason, to: "reviews:8888", headers: { end-user: jason } }
- { to: "mytomcat:8888" }
- { to: "mysql:3306", protocol: tcp }
`;
const folder = mkdtempSync(join(tmpdir(), 'record-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('mesh-trace record', () => {
  it('writes expectations that mesh-trace test finds true', async () => {
    const out = join(folder, 'expected.yaml');
    const recorded = await runCli(['record', '-', ...SOURCE, '--out', out], { stdin: REQUESTS });
    expect(recorded).toEqual({ code: 0, stdout: '', stderr: '' });
    const tested = await runCli(['test', out, ...SOURCE]);
    expect(tested).toMatchObject({ stderr: '', stdout: expect.stringContaining('3 passed, 0 failed') });
    const again = await runCli(['record', '-', ...SOURCE, '--out', out], { stdin: REQUESTS });
    expect(again.stderr).toContain('the file is there already');
    expect(again.code).toBe(3);
    expect((await runCli(['record', '-', ...SOURCE, '--out', out, '--force'], { stdin: REQUESTS })).code).toBe(0);
    expect(parse(readFileSync(out, 'utf8'))).toHaveLength(3);
  });

  it('keeps what says something, and no addresses of pods', async () => {
    const { stdout } = await runCli(['record', '-', ...SOURCE], { stdin: REQUESTS });
    expect(parse(stdout)[0]).toEqual({
      request: { id: 'jason', to: 'reviews:8888', headers: { 'end-user': 'jason' } },
      expect: {
        outcome: 'forwarded',
        routeConfig: '8888',
        virtualHost: 'reviews.default.svc.cluster.local:8888',
        route: 'jason-sees-v2',
        cluster: 'outbound|8888|v2|reviews.default.svc.cluster.local',
        timeout: '0s',
      },
    });
    expect(stdout).not.toMatch(/address/);
  });

  it('records findings where they are asked for, and they are tested', async () => {
    const { stdout } = await runCli(['record', '-', ...SOURCE, '--fields', 'findings'], {
      stdin: '{ to: "mytomcat:8888", random: 99 }',
    });
    expect(parse(stdout)[0].expect.findings[0]).toMatchObject({ code: 'missing-subset', severity: 'error' });
    expect(await runCli(['test', '-', ...SOURCE], { stdin: stdout })).toMatchObject({ code: 0 });
  });

  it('records the fields that are asked for', async () => {
    const { stdout } = await runCli(['record', '-', ...SOURCE, '--fields', 'outcome, endpoints'], { stdin: REQUESTS });
    expect(Object.keys(parse(stdout)[0].expect)).toEqual(['outcome', 'endpoints']);
    const refused = await runCli(['record', '-', ...SOURCE, '--fields', 'clusters'], { stdin: REQUESTS });
    expect(refused.stderr).toMatch(/the result has no field clusters\.\n {2}It has: assumptions, cluster, /);
    expect(refused.code).toBe(2);
  });
});
