import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { TraceResult } from '../../src/trace/result.js';
import { EditedDump } from '../support/edited.js';
import type { Json } from '../support/minimal-proxy.js';
import { runCli } from '../support/run-cli.js';
import { workFolder } from '../support/work-folder.js';

const folder = workFolder();

it('what the named proxy does not know is looked up in the others, which nobody named', async () => {
  const client = new EditedDump('bookinfo-1.30', 'productpage');
  client.drop('cluster', name => name.includes('ledger'));
  const table = client.find('route', '8888');
  table.virtual_hosts = (table.virtual_hosts as Json[]).filter(({ name }) => !String(name).startsWith('ledger'));
  for (const dump of [client, new EditedDump('bookinfo-1.30', 'reviews-v1')]) {
    mkdirSync(join(folder, dump.pod));
    writeFileSync(join(folder, dump.pod, 'config_dump.json'), dump.text());
  }
  const args = ['productpage', '--to', 'ledger.secure:8888', '-f', folder, '-o', 'json'];
  const { findings } = JSON.parse((await runCli(args)).stdout) as TraceResult;
  expect(findings[0]).toMatchObject({ code: 'sidecar-scope-missing-host' });
  expect(findings[0]?.why).toContain('in that of reviews-v1');
});
