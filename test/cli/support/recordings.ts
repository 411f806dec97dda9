import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { afterAll } from 'vitest';

const SNAPSHOTS = fileURLToPath(new URL('../../../snapshots', import.meta.url));

const folder = mkdtempSync(join(tmpdir(), 'recordings-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let count = 0;

/** A folder that is removed when the tests of the file are through. */
function newFolder(): string {
  count += 1;
  const path = join(folder, String(count));
  mkdirSync(path);
  return path;
}

export interface Recordings {
  /** For the stand-in's STAND_IN_RECORDINGS. */
  readonly folder: string;
  /** `pod.namespace` of each proxy, sorted. */
  readonly proxies: readonly string[];
}

/** Calls of a current istioctl as they would be recorded in the mesh of a folder of snapshots/. */
export function recordingsOf(snapshot: string): Recordings {
  const into = newFolder();
  const proxies = readdirSync(join(SNAPSHOTS, snapshot), { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(entry => recordProxy(join(SNAPSHOTS, snapshot, entry.name), into));
  const version = { id: 'version', argv: words('version --remote=false -o json'), exit: 0, stdout: VERSION };
  const status = { id: 'status', exit: 0, stdout: statusOf(proxies.map(({ name }) => name)) };
  const listings = ['proxy-status -o json', 'proxy-status -o json -n default'];
  const index = [
    version,
    ...listings.map((line, at) => ({ ...status, id: `status-${at}`, argv: words(line) })),
    ...proxies.flatMap(({ calls }) => calls),
  ];
  writeFileSync(join(into, 'index.json'), JSON.stringify(index));
  return { folder: into, proxies: proxies.map(({ name }) => name).sort() };
}

const VERSION = JSON.stringify({ clientVersion: { version: '1.30.3' } });

function recordProxy(from: string, into: string) {
  const dump = unpacked(join(from, 'config_dump.json.gz'));
  const id = /"id": ?"[^~"]*~[^~"]*~([^~"]*)~/.exec(dump)?.[1] ?? '';
  const statuses = JSON.parse(unpacked(join(from, 'clusters.json.gz'))).cluster_statuses;
  const calls = [
    record(`proxy-config all ${id} -o json`, dump, into),
    record(`proxy-config endpoint ${id} -o json`, JSON.stringify(statuses), into),
  ];
  const pilot = readdirSync(from).find(file => file.startsWith('pilot_config_dump'));
  if (pilot !== undefined) {
    const call = `experimental internal-debug config_dump?proxyID=${id}`;
    calls.push(record(call, unpacked(join(from, pilot)), into));
  }
  return { name: id, calls };
}

function record(line: string, stdout: string, into: string) {
  const id = line.replace(/[^\w.-]+/g, '_');
  writeFileSync(join(into, `${id}.out`), stdout);
  return { id, argv: words(line), exit: 0, stdoutFile: `${id}.out` };
}

function words(line: string): string[] {
  return ['istioctl', ...line.split(' ')];
}

function unpacked(path: string): string {
  return gunzipSync(readFileSync(path)).toString();
}

function statusOf(names: readonly string[]): string {
  const resources = names.map(id => ({
    '@type': 'type.googleapis.com/envoy.service.status.v3.ClientConfig',
    node: { id, metadata: { CLUSTER_ID: 'Kubernetes', ISTIO_VERSION: '1.30.3' } },
    genericXdsConfigs: [
      { typeUrl: 'type.googleapis.com/envoy.config.cluster.v3.Cluster', configStatus: 'SYNCED' },
      { typeUrl: 'type.googleapis.com/envoy.config.listener.v3.Listener', configStatus: 'SYNCED' },
    ],
  }));
  const identifier = JSON.stringify({ Component: 'istiod', ID: 'istiod-7d9f-abcde', Info: { version: '1.30.3' } });
  return JSON.stringify({ versionInfo: 'x', resources, typeUrl: 'istio.io/debug/syncz', controlPlane: { identifier } });
}
