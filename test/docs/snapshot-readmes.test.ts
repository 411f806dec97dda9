import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runCli, shellWords } from '../support/run-cli.js';

const ROOT = new URL('../../snapshots/', import.meta.url);
const SNAPSHOTS = readdirSync(ROOT);

/** An item of the list: `1. … Ends `forwarded`, exit code 0.` and its command. */
const ITEM = /^\d+\. .*Ends `(\w+)`, exit code (\d)\.\n\n {3}```sh\n {3}(mesh-trace .*)\n {3}```$/gm;

function itemsOf(name: string): { command: string; outcome: string; code: number }[] {
  const text = readFileSync(new URL(`${name}/README.md`, ROOT), 'utf8');
  return [...text.matchAll(ITEM)].map(([, outcome = '', code, command = '']) => ({
    command,
    outcome,
    code: Number(code),
  }));
}

describe.each(SNAPSHOTS)('the README of snapshots/%s', name => {
  const items = itemsOf(name);

  it('gives three requests', () => {
    expect(items).toHaveLength(3);
  });

  it.each(items)('$command', async ({ command, outcome, code }) => {
    const answer = await runCli(shellWords(command));
    expect(answer).toMatchObject({ code, stderr: '' });
    expect(answer.stdout).toMatch(new RegExp(`^${outcome.toUpperCase()}  `, 'm'));
    const json = await runCli([...shellWords(command), '-o', 'json']);
    expect(JSON.parse(json.stdout)).toMatchObject({ outcome });
  });
});
