import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll } from 'vitest';

/** An empty folder for the test file that calls it; gone when its tests are through. */
export function workFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mesh-trace-test-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A document of a snapshot, unpacked: `bookinfo-1.1`, a beginning of the pod's name, `config_dump`. */
export function documentText(snapshot: string, pod: string, document: string): string {
  const root = new URL(`../../snapshots/${snapshot}/`, import.meta.url);
  const folder = readdirSync(root).find(name => name.startsWith(pod));
  return gunzipSync(readFileSync(new URL(`${folder}/${document}.json.gz`, root))).toString();
}
