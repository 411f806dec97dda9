import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const pathOf = path => fileURLToPath(new URL(`../${path}`, import.meta.url));
const { cachedRequire, codeCaches } = createRequire(import.meta.url)('../bin/cached-require.js');

const BOOKINFO = pathOf('snapshots/bookinfo-1.30');
const FAULTED = `${BOOKINFO}-faulted`;
const ONE = `${BOOKINFO}/productpage-v1-6d8bc58dd7-hjw6r/config_dump.json.gz`;
const TO = ['--to', 'reviews:8888'];

/**
 * Usual commands, each group run in a process of its own. The first group has the caches of the files it needs to itself: every
 * function more in a cache makes the start of a trace longer.
 */
const GROUPS = [
  [
    ['-f', ONE, ...TO, '-o', 'json'],
    ['-f', ONE, ...TO],
  ],
  [['check', '-f', BOOKINFO]],
  [['diff', BOOKINFO, FAULTED]],
  [['explain', 'UF']],
  [['status', '-f', BOOKINFO]],
  [['productpage.default', ...TO, '--dry-run']],
  [['runbook', 'productpage', '-f', BOOKINFO, ...TO]],
  [['list', 'findings']],
];

const silent = { write: () => {}, isTerminal: false, columns: 80 };
const io = {
  stdin: async function* () {},
  stdout: silent,
  stderr: silent,
  env: {},
  signal: new AbortController().signal,
};

/** Runs mesh-trace’s usual commands once and writes beside each bundled file what V8 has compiled of it. */
async function writeCaches(commands) {
  const requireBundled = cachedRequire(pathOf('dist/bin'), { record: true });
  requireBundled('./main.js');
  const { run } = requireBundled('./program.js');
  for (const command of commands) await run(command, io);
  for (const [path, cache] of codeCaches()) if (!existsSync(path)) writeFileSync(path, cache);
}

const [group] = process.argv.slice(2);
if (group !== undefined) await writeCaches(GROUPS[Number(group)]);
else for (const index of GROUPS.keys()) execFileSync(process.execPath, [pathOf('scripts/code-cache.js'), `${index}`]);
