import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from '../support/run-cli.js';
import { workFolder } from '../support/work-folder.js';

const folder = workFolder();
const POD = 'productpage-v1-6d8bc58dd7-hjw6r';
const SNAPSHOT = 'snapshots/bookinfo-1.30-missing-subset';
const EMPTY = join(folder, 'empty.json');
writeFileSync(EMPTY, '{"configs":[]}');

describe('a change that cannot be tried', () => {
  it.each<[string, string[], RegExp]>([
    [
      'fits nowhere: the dump of the proxy is told',
      ['--set', '/nonsense/0/x=3'],
      new RegExp(`it fits none of 4 documents; ${SNAPSHOT}/${POD}/config_dump\\.json\\.gz: operation 1`),
    ],
    [
      'is for a misspelt document: the nearest are named first',
      ['--set', 'productpage-v1-6d8bc58dd7-hjw/config_dump.json#/x=3'],
      new RegExp(
        `no document is called productpage-v1-6d8bc58dd7-hjw/config_dump\\.json\\. There are: ${SNAPSHOT}/${POD}/config_dump`,
      ),
    ],
    [
      'is for a document like no other: those of the proxy are named first',
      ['--set', 'x#/x=3'],
      new RegExp(
        `no document is called x\\. There are: ${SNAPSHOT}/${POD}/clusters\\.json\\.gz, .*The end of a name is enough\\.`,
      ),
    ],
    [
      'leaves nothing',
      ['--patch', `${POD}/config_dump.json.gz#${EMPTY}`],
      new RegExp(`it leaves no configuration in ${SNAPSHOT}/${POD}/config_dump\\.json\\.gz\\.`),
    ],
  ])('%s', async (_, change, said) => {
    const args = ['productpage', '-f', SNAPSHOT, '--to', 'mytomcat:8888', ...change];
    const { code, stdout, stderr } = await runCli(args, { columns: 200 });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.replace(/\s+/g, ' ')).toMatch(said);
  });
});
