import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { collectNames } from '../../../src/model/pseudonyms/documents.js';
import { NameCollector } from '../../../src/model/pseudonyms/names.js';
import { pseudonymise } from '../../../src/model/pseudonyms/pseudonymise.js';
import { Pseudonyms } from '../../../src/model/pseudonyms/pseudonyms.js';
import type { TraceResult } from '../../../src/trace/result.js';
import { runCli } from '../../support/run-cli.js';
import { workFolder } from '../../support/work-folder.js';
import { SNAPSHOT_REQUESTS, type SnapshotRequest } from '../../trace/snapshot-requests.js';
import { recordingsOf } from '../support/recordings.js';
import { capture, filesBelow, listedFiles } from './support.js';

const work = workFolder();

/** The pseudonyms that a private folder gives, as its owner could make them again. */
function pseudonymsOf(privateDir: string): Pseudonyms {
  const { key } = JSON.parse(readFileSync(join(privateDir, 'pseudonyms.json'), 'utf8'));
  const names = new NameCollector();
  for (const path of filesBelow(privateDir)) {
    if (path.includes('/')) collectNames(readFileSync(join(privateDir, path)), names);
  }
  return new Pseudonyms(key, names.names());
}

async function traced(dir: string, requests: readonly unknown[]): Promise<TraceResult[]> {
  const stdin = requests.map(request => JSON.stringify(request)).join('\n');
  const { stdout } = await runCli(['--requests', '-', '-f', dir, '-o', 'jsonl'], { stdin });
  return stdout
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line));
}

/** What a trace decided, with every name as `name` has it. */
function decided(result: TraceResult, name: (text: string) => string) {
  const named = (text: string | null) => (text === null ? null : name(text));
  const { listener, filterChain, routeConfig, virtualHost, route, cluster, endpoints, weightedClusters } = result;
  return {
    verdict: [result.outcome, result.reason, result.responseCode, result.responseFlag, result.timeout],
    details: result.responseCodeDetails?.replace(/\[(.*)\]/, (_, policy) => `[${name(policy)}]`),
    names: [listener, filterChain, routeConfig, virtualHost, route, cluster].map(named),
    endpoints: endpoints.map(({ address, health, share }) => [named(address), health, share]).sort(),
    branches: weightedClusters.map(branch => [named(branch.name), branch.share, branch.outcome]).sort(),
    steps: result.steps.map(({ hop, status }) => `${hop} ${status}`),
    findings: result.findings.map(({ code }) => code).sort(),
  };
}

/** Drawn anew for each run, a key could turn an address by chance into one that looks like the mesh’s own. */
const KEY = 'c0ffee'.repeat(11);

const SNAPSHOTS = [...new Set(SNAPSHOT_REQUESTS.map(({ snapshot }) => snapshot))];

describe.each(SNAPSHOTS)('%s under pseudonyms', name => {
  const dir = join(work, name);
  const { folder, proxies } = recordingsOf(name);
  let pseudonyms: Pseudonyms;
  beforeAll(async () => {
    mkdirSync(`${dir}.private`, { recursive: true });
    writeFileSync(join(`${dir}.private`, 'pseudonyms.json'), JSON.stringify({ key: KEY }));
    expect(await capture(folder, ['-A', '-d', dir, '--pseudonymise'])).toMatchObject({ code: 0, stderr: '' });
    pseudonyms = pseudonymsOf(`${dir}.private`);
  }, 60_000);

  it('ends every request as under its own names', async () => {
    const asked = SNAPSHOT_REQUESTS.filter(({ snapshot }) => snapshot === name);
    const withProxy = ({ proxy, request }: SnapshotRequest) => ({
      ...request,
      proxy: proxies.find(known => known.startsWith(proxy)),
    });
    const requests = asked.map(withProxy);
    const own = await traced(`${dir}.private`, requests);
    const other = await traced(
      dir,
      requests.map(({ id, ...request }) => ({ id, ...(pseudonymise(request, pseudonyms) as object) })),
    );
    const replaced = own.map(result => decided(result, text => pseudonyms.text(text)));
    expect(other.map(result => decided(result, text => text))).toEqual(replaced);
    expect(own.length).toBe(requests.length);
  });

  it('shows none of the mesh’s names and addresses', () => {
    const pods = proxies.flatMap(proxy => proxy.split(/[-.]/));
    const names = [...pods, 'productpage', 'reviews', 'ratings', 'mytomcat', 'bookinfo', 'ledger'];
    const told = names.filter(
      word => word.length > 4 && !/^(istio\w*|default|system|secure|(in|e)gressgateway)$/.test(word),
    );
    const leaks = new RegExp(
      `(?<![a-z])(?:${[...new Set(told)].join('|')})(?![a-z])|(?<!\\d)10\\.244\\.\\d+\\.\\d+`,
      'i',
    );
    for (const path of filesBelow(dir)) {
      const text = readFileSync(join(dir, path), 'utf8');
      expect(path).not.toMatch(leaks);
      expect(leaks.exec(text.replace(/[a-z_]+_details/gi, ''))?.[0] ?? null).toBeNull();
      for (const [, base64 = ''] of text.matchAll(/"(?:inline_?[bB]ytes)": "([^"]+)"/g))
        expect(Buffer.from(base64, 'base64').toString('latin1')).not.toMatch(leaks);
    }
  });
});

it('is made once, and has the same pseudonyms when it is made again', async () => {
  const { folder, proxies } = recordingsOf('bookinfo-1.30-missing-subset');
  const dir = join(work, 'again');
  const args = ['-A', '-d', dir, '--pseudonymise'];
  expect(await capture(folder, args)).toMatchObject({ code: 0, stderr: '' });
  const before = filesBelow(dir);
  const again = await capture(folder, args);
  expect(again).toMatchObject({ code: 0, stderr: '' });
  expect(again.stdout).toContain(`0 proxies captured in ${dir}, ${proxies.length} there already.`);
  expect(await capture(folder, [...args, '--force'])).toMatchObject({ code: 0, stderr: '' });
  expect(filesBelow(dir)).toEqual(before);
  expect([...listedFiles(dir).values()].every(isWhole => isWhole)).toBe(true);
});

it('is made again with --force where the private folder has got more', async () => {
  const { folder, proxies } = recordingsOf('bookinfo-1.1-registry-only');
  const dir = join(work, 'grown');
  const [first = ''] = proxies;
  expect((await capture(folder, [first, '-d', dir, '--pseudonymise'])).code).toBe(0);
  const refused = await capture(folder, ['-A', '-d', dir, '--pseudonymise']);
  expect(refused.code).toBe(3);
  expect(refused.stderr).toContain('the snapshot there was made of an earlier state of the private folder');
  expect((await capture(folder, ['-A', '-d', dir, '--pseudonymise', '--force'])).code).toBe(0);
  expect(filesBelow(dir)).toEqual(['manifest.json', ...listedFiles(dir).keys()].sort());
  expect(listedFiles(dir).size).toBe(3 * proxies.length);
});
