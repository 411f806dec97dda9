import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { STAND_IN, standIn } from '../../source/istioctl/stand-in.js';
import { schemaProblems } from '../../support/result-schema.js';
import { runCli } from '../../support/run-cli.js';
import { documentText, workFolder } from '../../support/work-folder.js';

const FAULTED = 'snapshots/bookinfo-1.30-faulted';
const POD = 'productpage-v1-6d8bc58dd7-hjw6r.default';
const REVIEWS = 'outbound|8888|v2|reviews.default.svc.cluster.local';
const folder = workFolder();

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const pilotText = documentText('bookinfo-1.30-faulted', 'productpage', 'pilot_config_dump');
const envoyText = documentText('bookinfo-1.30-faulted', 'productpage', 'config_dump');
const pilot = file('pilot.json', pilotText);
const envoy = file('envoy.json', envoyText);

/** What `istioctl proxy-status POD` prints where Envoy lacks one cluster. */
const TEXT = `--- Istiod Clusters
+++ Envoy Clusters
@@ -3,22 +3,8 @@
                 "name": "outbound|80||a.default.svc.cluster.local",
                 "type": "EDS"
             }
         },
         {
             "cluster": {
                 "@type": "type.googleapis.com/envoy.config.cluster.v3.Cluster",
-                "name": "${REVIEWS}",
-                "type": "EDS",
-                "edsClusterConfig": {
-                    "edsConfig": {
-                        "ads": {}
-                    },
-                    "serviceName": "${REVIEWS}"
-                },
-                "connectTimeout": "2s"
-            }
-        },
-        {
-            "cluster": {
-                "@type": "type.googleapis.com/envoy.config.cluster.v3.Cluster",
                 "name": "outbound|80||b.default.svc.cluster.local",

Listeners Match
Routes Match (RDS last loaded at Mon, 23 Nov 2026 13:18:30 UTC)
`;
const text = file('diff.txt', TEXT);

describe('mesh-trace diff', () => {
  it.each<[string, string[], number, RegExp]>([
    [
      'a snapshot with both sides',
      ['-f', FAULTED],
      1,
      /8 differences; 2 make requests fail; 3 make requests end otherwise\./,
    ],
    [
      'a document of each side',
      ['-f', pilot, '-f', envoy],
      1,
      /^productpage-v1-\S+: Pilot \(-\) against Envoy \(\+\)\n8 diff/,
    ],
    ['the two documents as operands', [envoy, pilot], 1, /: Pilot \(-\) against Envoy \(\+\)\n8 differences/],
    [
      'two equal snapshots',
      ['snapshots/bookinfo-1.30', 'snapshots/bookinfo-1.30', POD, '-q'],
      0,
      /\nEqual: all \d+ resources mean the same on both sides\.\n/,
    ],
    [
      'two snapshots of one proxy',
      ['snapshots/bookinfo-1.30', 'snapshots/bookinfo-1.30-registry-only', '--only', 'clusters', '-q'],
      0,
      /Equal: all 58/,
    ],
    [
      'two proxies of a snapshot',
      ['reviews-v1', 'reviews-v2', '-f', 'snapshots/bookinfo-1.1'],
      1,
      /node\.metadata\.version: v1 → v2/,
    ],
    ['a saved text', [text], 1, /^Istiod \(-\) against Envoy \(\+\)\n1 difference; 1 makes requests fail\./],
    [
      'a saved text over Envoy’s dump',
      [text, envoy],
      1,
      /: Pilot \(-\) against Envoy \(\+\)\n[\s\S]*GET http:\/\/reviews:8888\/ with end-user: jason/,
    ],
    ['two dumps given by -f', ['-f', envoy, '-f', file('copy.json', envoyText)], 0, /Equal/],
  ])('compares %s', async (_, args, code, stdout) => {
    const answer = await runCli(['diff', ...args], { columns: 200 });
    expect([answer.code, answer.stderr]).toEqual([code, '']);
    expect(answer.stdout).toMatch(stdout);
  });

  it('reads a text from standard input', async () => {
    const { code, stdout } = await runCli(['diff', '-f', '-'], { stdin: TEXT });
    expect([code, stdout.includes(REVIEWS)]).toEqual([1, true]);
  });

  it.each<[string, string[], number, RegExp]>([
    ['nothing to compare', [], 2, /nothing says what to compare/],
    ['three snapshots', ['a/', 'b/', 'c/'], 2, /more than two snapshots/],
    ['three proxies', ['a.b', 'c.d', 'e.f'], 2, /more than two proxies/],
    ['two snapshots and a third', ['a/', 'b/', '-f', 'c'], 2, /-f names a third/],
    ['an unknown kind', ['-f', FAULTED, '--only', 'clutters'], 2, /no such kind\.\n {2}Kinds: listeners/],
    ['no JSONPath', ['-f', FAULTED, '--ignore', 'weight'], 2, /--ignore weight: a JSONPath begins with \$/],
    ['a JSONPath that runs code', ['-f', FAULTED, '--ignore', '$..[?(@.a)]'], 2, /not evaluated/],
    ['an unknown format', ['-f', FAULTED, '-o', 'xml'], 2, /Allowed choices are table, json, yaml, markdown/],
    ['no folder', ['snapshots/nosuch', FAULTED], 3, /snapshots\/nosuch: there is no such file or directory/],
    ['no file', ['-f', 'nosuch.json'], 3, /nosuch\.json/],
    ['Pilot’s side only', ['-f', pilot], 3, /is Pilot’s side only/],
    [
      'Envoy’s side only',
      ['-f', envoy],
      3,
      /has no Pilot’s side beside it to compare with\.\n.*proxyID=productpage-v1-6d8bc58dd7-hjw6r\.default'/,
    ],
    [
      'Envoys only',
      ['-f', 'snapshots/bookinfo-1.30-missing-subset'],
      3,
      /mesh-trace: snapshots\/bookinfo-1\.30-missing-subset has no Pilot’s side.*\n.*proxyID=POD\.NAMESPACE'/,
    ],
    ['an unknown proxy', ['nobody.default', '-f', FAULTED], 2, /nobody/],
    [
      'what istioctl said instead',
      ['-f', file('refused.txt', 'Error: unable to find config dump in Pilot responses\n'), '-f', envoy],
      3,
      /No Pilot that was asked knows this proxy/,
    ],
  ])('refuses %s', async (_, args, code, stderr) => {
    const answer = await runCli(['diff', ...args], { columns: 200 });
    expect([answer.code, answer.stdout]).toEqual([code, '']);
    expect(answer.stderr).toMatch(stderr);
  });

  it('gives the same as JSON and YAML, as the schema says', async () => {
    const json = await runCli(['diff', '-f', FAULTED, '--unified', '-o', 'json']);
    const yaml = await runCli(['diff', '-f', FAULTED, '--unified', '-o', 'yaml']);
    const result = JSON.parse(json.stdout);
    expect(parse(yaml.stdout)).toEqual(result);
    expect(schemaProblems('DriftResult', result)).toEqual([]);
    expect([json.code, yaml.code, result.equal]).toEqual([1, 1, false]);
    expect(Object.keys(result).slice(-2)).toEqual(['differences', 'notes']);
  });

  it.each([
    ['a text alone', [text]],
    ['equal sides', ['snapshots/bookinfo-1.30', 'snapshots/bookinfo-1.30', POD]],
  ])('keeps to the schema for %s', async (_, args) => {
    const { stdout } = await runCli(['diff', ...args, '-q', '-o', 'json']);
    expect(schemaProblems('DriftResult', JSON.parse(stdout))).toEqual([]);
  });

  it('gives a list for several proxies', async () => {
    const { stdout } = await runCli([
      'diff',
      'snapshots/bookinfo-1.30',
      'snapshots/bookinfo-1.30-missing-subset',
      '-q',
      '-o',
      'json',
    ]);
    expect(JSON.parse(stdout).map(({ proxy }: { proxy: string }) => proxy)).toEqual([
      'istio-ingressgateway-7f57bc4855-bhbhh.istio-system',
      POD,
    ]);
  });

  it('says which proxies have no partner', async () => {
    const { stderr } = await runCli(['diff', 'snapshots/bookinfo-1.30', 'snapshots/bookinfo-1.30-missing-subset'], {
      columns: 200,
    });
    expect(stderr).toContain('ratings-v1-b6994bb9c-l65bl.default is in bookinfo-1.30 only, and not compared');
  });

  it('limits what is compared', async () => {
    const of = async (...args: string[]) =>
      JSON.parse((await runCli(['diff', '-f', FAULTED, '-o', 'json', ...args])).stdout).differences.map(
        ({ kind, name }: { kind: string; name: string }) => `${kind} ${name}`,
      );
    expect(
      await of('--only', 'clusters,routes', '--ignore', '$.routes', '--ignore', `$.clusters['${REVIEWS}']`),
    ).toEqual([
      'cluster outbound|8888|v2|ratings.default.svc.cluster.local',
      'cluster outbound|8888|v1|details.default.svc.cluster.local',
    ]);
    expect(await of('--only', 'secrets')).toEqual([]);
  });

  it('colours signs on a terminal only', async () => {
    const esc = String.fromCharCode(27);
    const on = await runCli(['diff', text], { isTerminal: true });
    const off = await runCli(['diff', text], { isTerminal: true, env: { NO_COLOR: '1' } });
    const piped = await runCli(['diff', text]);
    expect([on, off, piped].map(({ stdout }) => stdout.includes(esc))).toEqual([true, false, false]);
    expect(piped.stdout).toContain(`1. - cluster ${REVIEWS}  NOT PUSHED`);
  });
});

describe('mesh-trace diff through istioctl', () => {
  const version = {
    argv: ['version', '--remote=false', '-o', 'json'],
    stdout: '{"clientVersion":{"version":"1.30.3"}}',
  };
  const dump = { argv: ['proxy-config', 'all', POD, '-o', 'json'], stdout: envoyText };
  const health = { argv: ['proxy-config', 'endpoint', POD, '-o', 'json'], exit: 1, stderr: 'Error: no\n' };
  const page = ['experimental', 'internal-debug', `config_dump?proxyID=${POD}`];
  const status = { argv: ['proxy-status', POD], stdout: TEXT };

  type Recorded = { argv: string[]; exit?: number; stdout?: string; stderr?: string };
  const live = (name: string, ...calls: Recorded[]) => liveOf(POD, name, ...calls);

  async function liveOf(target: string, name: string, ...calls: Recorded[]) {
    mkdirSync(join(folder, name));
    const entries = calls.map(({ argv, exit = 0, stdout = '', stderr = '' }, id) => ({
      id: String(id),
      argv: ['istioctl', ...argv],
      exit,
      stdout,
      stderr,
    }));
    file(join(name, 'index.json'), JSON.stringify(entries));
    const settings = standIn(join(folder, name));
    const env = Object.fromEntries(Object.entries(settings.env).map(([key, value]) => [key, value ?? '']));
    return runCli(['diff', target, '-q', '--istioctl', STAND_IN], { env, columns: 200 });
  }

  it('asks istiod’s own page', async () => {
    const { code, stdout } = await live('page', version, dump, health, { argv: page, stdout: pilotText });
    expect([code, stdout.split('\n')[1]]).toEqual([
      1,
      '8 differences; 2 make requests fail; 3 make requests end otherwise.',
    ]);
  });

  it('asks it for the pod that a workload turns out to be', async () => {
    const target = 'deploy/productpage-v1.default';
    const workload = { ...dump, argv: ['proxy-config', 'all', target, '-o', 'json'] };
    const { code, stdout } = await liveOf(target, 'workload', version, workload, { argv: page, stdout: pilotText });
    expect([code, stdout.split('\n')[1]]).toEqual([
      1,
      '8 differences; 2 make requests fail; 3 make requests end otherwise.',
    ]);
  });

  it.each([
    ['knows no such page', 'Error: unknown command "internal-debug" for "istioctl"\n'],
    ['knows no such proxy', 'Error: unable to find config dump in Pilot responses\n'],
    ['may not be asked', 'Error: pods is forbidden: User "dev" cannot create resource "pods/portforward"\n'],
  ])('takes the text of proxy-status where istiod %s, and traces through what that shows', async (name, stderr) => {
    const { code, stdout } = await live(name, version, dump, health, { argv: page, exit: 1, stderr }, status);
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /1\. - cluster outbound\|8888\|v2\|reviews\S+ {2}NOT PUSHED[\s\S]*responded 503 NC \(no_cluster\)/,
    );
    expect(stdout).toContain('Pilot’s side is what the text of istioctl proxy-status shows over Envoy’s dump');
  });

  it('fails where neither answers', async () => {
    const refusal = { exit: 1, stderr: 'Error: unable to find config dump in Pilot responses\n' };
    const { code, stdout, stderr } = await live(
      'neither',
      version,
      dump,
      health,
      { argv: page, ...refusal },
      { ...status, ...refusal },
    );
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).toContain('unable to find config dump');
  });

  it('shows its commands and runs none', async () => {
    const { code, stdout } = await runCli(['diff', POD, '--dry-run', '--istioctl', STAND_IN]);
    expect(code).toBe(0);
    expect(stdout).toContain(`experimental internal-debug 'config_dump?proxyID=${POD}'`);
    expect(stdout).toContain(`proxy-status ${POD}`);
  });
});
