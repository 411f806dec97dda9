import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type SchemaName, schemaProblems } from '../support/result-schema.js';
import { runCli } from '../support/run-cli.js';

const SUBSET = ['-f', 'snapshots/bookinfo-1.30-missing-subset'];
const BASE = ['-f', 'snapshots/bookinfo-1.30'];
const LISTINGS = fileURLToPath(new URL('../decode/proxy-status/fixtures/', import.meta.url));

/** Commands, each with the definition of docs/result.schema.json that its JSON fits. */
const COMMANDS: readonly (readonly [name: SchemaName, args: readonly string[]])[] = [
  ['CheckResult', ['check', ...SUBSET]],
  ['CheckResult', ['check', '-f', 'snapshots/bookinfo-1.30-faulted']],
  ['StatusResult', ['status', '-f', `${LISTINGS}istio-1.30/list.json.txt`]],
  ['StatusResult', ['status', '-f', `${LISTINGS}istio-1.1/table-stale-route`, '--expect', 'nobody.shop']],
  ['TestResult', ['test', 'docs/examples/tests.yaml', ...BASE]],
  ['TestResult', ['test', 'docs/examples/tests.yaml', ...SUBSET, '--coverage']],
  ['LogResult', ['logs', 'docs/examples/access.log', ...SUBSET, '--proxy', 'productpage', '--all']],
  ['ExplainResult', ['explain', '503', 'NC']],
  ['ExplainResult', ['explain', 'missing-subset', 'nobody-knows']],
  ['ExplainResult', ['explain', 'rbac_access_denied_matched_policy[none]', '--lang', 'zh']],
  ['FindingsList', ['list', 'findings']],
];

describe('what commands print as JSON fits docs/result.schema.json', () => {
  it.each(COMMANDS.map(([name, args]) => [args.join(' '), name, args] as const))('%s: %s', async (_, name, args) => {
    const { stdout } = await runCli([...args, '-o', 'json']);
    expect(schemaProblems(name, JSON.parse(stdout))).toEqual([]);
  });
});
