import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { runCli } from '../support/run-cli.js';
import { documentText, workFolder } from '../support/work-folder.js';

it('an entry that turns out to be no JSON when it is read is told, and what it leaves unknown', async () => {
  const path = join(workFolder(), 'dump.json');
  const text = documentText('bookinfo-1.30', 'productpage', 'config_dump');
  const at = text.indexOf('"type": "EDS"', text.indexOf('"name": "outbound|8888|v1|reviews.default'));
  writeFileSync(path, `${text.slice(0, at)}"type" "EDS"${text.slice(at + '"type": "EDS"'.length)}`);
  const { stderr, stdout } = await runCli(['-f', path, '--to', 'reviews:8888', '--path', '/reviews/0', '-o', 'json']);
  expect(stderr.replace(/\s+/g, ' ')).toContain('an entry in its cluster section is not JSON');
  expect(JSON.parse(stdout).missing).toContain('the rest of the clusters section');
});

it('of many requests one that meets an entry which is no JSON is told, and the others are answered', async () => {
  const folder = workFolder();
  const path = join(folder, 'dump.json');
  const text = documentText('bookinfo-1.30', 'productpage', 'config_dump');
  writeFileSync(path, text.replace('"traffic_direction": "INBOUND"', '"traffic_direction": IN'));
  const requests = join(folder, 'requests.jsonl');
  writeFileSync(
    requests,
    '{"to":"10.244.1.4:9080","direction":"inbound"}\n{"to":"ratings:8888","path":"/ratings/0"}\n{"to":"reviews:8888"}\n',
  );
  const { code, stderr, stdout } = await runCli(['-f', path, '--requests', requests, '-o', 'jsonl']);
  expect(code).toBe(3);
  expect(stderr.replace(/\s+/g, ' ')).toContain('request 1: ');
  const answered = stdout
    .trim()
    .split('\n')
    .map(line => JSON.parse(line).id);
  expect(answered).toEqual(['2', '3']);
});

it('a packed dump that is cut off is told by its name once, and what came before is used', async () => {
  const path = join(workFolder(), 'dump.json.gz');
  const packed = gzipSync(documentText('bookinfo-1.30', 'productpage', 'config_dump'));
  writeFileSync(path, packed.subarray(0, packed.length >> 1));
  const { code, stderr } = await runCli(['-f', path, '--to', 'reviews:8888']);
  expect(code).toBe(4);
  expect(stderr.replace(/\s+/g, ' ')).toMatch(
    /^mesh-trace: dump\.json\.gz: the gzip stream is cut off after \d+ bytes mesh-trace: dump\.json\.gz breaks off at byte /,
  );
});

it('what a failed command said in place of a dump is shown without its secrets', async () => {
  const path = join(workFolder(), 'dump.json');
  writeFileSync(path, 'sh: 1: curl -H "Authorization: Bearer abcdefghijklmnop1234567": not found\n');
  const { code, stderr } = await runCli(['-f', path, '--to', 'reviews:8888']);
  expect(code).toBe(3);
  expect(stderr).toContain('It says “sh: 1: curl');
  expect(stderr).not.toContain('abcdefghijklmnop');
});
