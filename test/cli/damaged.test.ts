import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
