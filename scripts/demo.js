#!/usr/bin/env node
/** npm run demo: the same question in a mesh of Istio 1.1 and in one of 1.30, each command shown above its answer. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

const COMMANDS = [
  ['productpage', '--to', 'reviews:8888', '-f', 'snapshots/bookinfo-1.1'],
  ['productpage', '--to', 'reviews:8888', '--path', '/reviews/0', '-f', 'snapshots/bookinfo-1.30'],
];

for (const args of COMMANDS) {
  console.log(`$ mesh-trace ${args.join(' ')}\n`);
  const { status } = spawnSync(process.execPath, ['bin/mesh-trace.js', ...args], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exitCode = status ?? 1;
  console.log('');
}
