import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runBin } from '../../support/bin.js';
import { documentText, workFolder } from '../../support/work-folder.js';

const PROXIES = ['productpage', 'details', 'ratings', 'istio-ingressgateway'];
const COPIES = 12;

const root = workFolder();
const mesh = join(root, 'mesh');
for (const proxy of PROXIES) {
  const text = documentText('bookinfo-1.30', proxy, 'config_dump');
  const pod = new RegExp(`${proxy}[a-z0-9-]*-[a-z0-9]{5}(?=\\.)`).exec(text)?.[0] ?? proxy;
  for (let copy = 0; copy < COPIES; copy++) {
    const name = `${pod.slice(0, -5)}c${String(copy).padStart(4, '0')}`;
    mkdirSync(join(mesh, name), { recursive: true });
    writeFileSync(join(mesh, name, 'config_dump.json'), text.replaceAll(pod, name));
  }
}
mkdirSync(join(mesh, 'broken'));
writeFileSync(join(mesh, 'broken', 'config_dump.json'), '{"configs":[{"@type":"type.googleapis.com/envoy.admin.v3.Cl');
writeFileSync(join(mesh, 'broken', 'cut.json.gz'), Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0x4b]));

const check = (jobs: number, ...args: string[]) =>
  runBin(['check', '-f', 'mesh', '-o', 'json', '--jobs', String(jobs), ...args], { cwd: root });

describe('check in threads', () => {
  it('finds the same in the same order as without them, and tells of a bad dump', async () => {
    const alone = await check(1);
    const divided = await check(2);
    expect(JSON.parse(alone.stdout).proxies).toHaveLength(PROXIES.length * COPIES);
    expect(divided).toEqual(alone);
    expect(divided.stderr).toContain('broken');
  });

  it('tells of a proxy with an entry that is not JSON, and checks the others', async () => {
    const whole = await check(2);
    const damaged = join(mesh, 'productpage-damaged');
    mkdirSync(damaged);
    const text = documentText('bookinfo-1.30', 'productpage', 'config_dump').replaceAll('hjw6r', 'dmged');
    writeFileSync(
      join(damaged, 'config_dump.json'),
      text.replace('"traffic_direction": "INBOUND"', '"traffic_direction": IN'),
    );
    const alone = await check(1);
    const divided = await check(2);
    expect(divided).toEqual(alone);
    expect(divided.code).toBe(3);
    expect(divided.stderr.replace(/\s+/g, ' ')).toContain('productpage-v1-6d8bc58dd7-dmged.default was not checked: ');
    expect(JSON.parse(divided.stdout)).toEqual(JSON.parse(whole.stdout));
    rmSync(damaged, { recursive: true });
  });

  it('says what is wrong where no document holds configuration', async () => {
    const bare = join(root, 'bare');
    mkdirSync(bare);
    for (let i = 0; i < 60; i++) writeFileSync(join(bare, `${i}.json`), '{"a":1}');
    const answers = await Promise.all(
      [1, 2].map(jobs => runBin(['check', '-f', 'bare', '--jobs', String(jobs)], { cwd: root })),
    );
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[0]?.code).toBe(3);
  });

  it('refuses a number of threads that is none', async () => {
    expect((await runBin(['check', '-f', 'mesh', '--jobs', '0'], { cwd: root })).code).toBe(2);
  });
});
