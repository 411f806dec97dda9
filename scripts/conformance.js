#!/usr/bin/env node
/**
 * npm run conformance -- DIR: runs conformance cases (folders with config_dump.json, requests.jsonl, expected.jsonl) and prints a table by
 * category. Ends non-zero on a disagreement. `--show N` prints that many disagreements a category.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { decode, documentOf, snapshotOf, traceRequest } from '../dist/index.js';
import { disagreements } from './conformance-agree.js';

const args = process.argv.slice(2);
const showAt = args.indexOf('--show');
const show = showAt < 0 ? 5 : Number(args.splice(showAt, 2)[1]);
const [root] = args;
if (root === undefined || !existsSync(root)) {
  console.error('usage: npm run conformance -- DIR [--show N]');
  process.exit(2);
}

let failed = 0;
let passed = 0;
const rows = [];
for (const category of categories(root)) {
  const row = { name: category.name, cases: 0, requests: 0, disagree: 0 };
  for (const folder of category.folders) {
    row.cases++;
    for (const { id, wrong } of await runCase(folder)) {
      row.requests++;
      if (wrong.length === 0) continue;
      row.disagree++;
      if (row.disagree <= show) console.log(`${category.name} ${id}\n  ${wrong.join('\n  ')}`);
    }
  }
  failed += row.disagree;
  passed += row.requests - row.disagree;
  rows.push(row);
}
console.log(`\n${'category'.padEnd(18)}${'cases'.padStart(8)}${'requests'.padStart(10)}${'disagree'.padStart(10)}`);
for (const row of rows)
  console.log(
    `${row.name.padEnd(18)}${String(row.cases).padStart(8)}${String(row.requests).padStart(10)}${String(row.disagree).padStart(10)}`,
  );
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

function categories(directory) {
  if (isCase(directory)) return [{ name: directory.split('/').at(-1), folders: [directory] }];
  const below = readdirSync(directory)
    .sort()
    .map(name => join(directory, name));
  if (below.some(isCase)) return [{ name: directory.split('/').filter(Boolean).at(-1), folders: below.filter(isCase) }];
  return below
    .flatMap(folder =>
      statSync(folder).isDirectory() && !folder.split('/').at(-1).includes('.') ? categories(folder) : [],
    )
    .filter(({ folders }) => folders.length > 0);
}

function isCase(folder) {
  return existsSync(join(folder, 'requests.jsonl'));
}

async function runCase(folder) {
  const documents = await decode(documentOf('config_dump.json', readFileSync(join(folder, 'config_dump.json'))));
  const [proxy] = snapshotOf(documents).proxies;
  const expected = lines(join(folder, 'expected.jsonl'));
  return lines(join(folder, 'requests.jsonl')).map((request, index) => {
    const id = request.id ?? `${folder}#${index + 1}`;
    try {
      return { id, wrong: disagreements(traceRequest(proxy, request, index + 1), expected[index]) };
    } catch (error) {
      return { id, wrong: [error.stack] };
    }
  });
}

function lines(path) {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line));
}
