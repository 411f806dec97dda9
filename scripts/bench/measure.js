import { spawn } from 'node:child_process';
import { closeSync, createReadStream, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';

const USAGE = fileURLToPath(new URL('./usage.js', import.meta.url));

/**
 * Runs every case once a round, in turn, so that what else the machine does meets all of them alike. Returns for each case the samples:
 * `wall` and `cpu` (user and system) in milliseconds, `memory` (the peak) in MiB.
 */
export async function measure(cases, rounds, folder, onRun) {
  const samples = new Map(cases.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const one of cases) {
      if (round >= (one.rounds ?? rounds)) continue;
      onRun(one.name, round);
      samples.get(one.name).push(await runOnce(one, folder));
    }
  }
  return samples;
}

/** The shell tells the CPU time of its child from beginning to end, on descriptor 3. */
const SCRIPT = '"$@"; code=$?; times >&3; exit $code';

async function runOnce({ args, stdin, codes = [0] }, folder) {
  const usage = join(folder, 'usage.json');
  const sink = openSync('/dev/null', 'w');
  const begin = performance.now();
  const child = spawn('sh', ['-c', SCRIPT, 'sh', process.execPath, '--import', USAGE, ...args], {
    env: { PATH: process.env.PATH, BENCH_USAGE: usage, NODE_DISABLE_COMPILE_CACHE: '1' },
    stdio: [stdin === undefined ? 'ignore' : 'pipe', sink, 'pipe', 'pipe'],
  });
  const [said, times] = [child.stderr, child.stdio[3]].map(collected);
  if (stdin !== undefined) createReadStream(stdin).pipe(child.stdin);
  const code = await new Promise(resolve => child.on('close', resolve));
  const wall = performance.now() - begin;
  closeSync(sink);
  if (!codes.includes(code)) throw new Error(`${args.join(' ')} ended with ${code}: ${said()}`);
  return { wall, cpu: childTime(times()), memory: Number(readFileSync(usage, 'utf8')) };
}

function collected(stream) {
  let text = '';
  stream.on('data', piece => {
    text += piece;
  });
  return () => text;
}

/** The last line of `times` is that of children: `0m0.076s 0m0.012s`. */
function childTime(times) {
  const parts =
    times
      .trim()
      .split('\n')
      .at(-1)
      ?.matchAll(/(\d+)m([\d.]+)s/g) ?? [];
  return [...parts].reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60_000 + Number(seconds) * 1000, 0);
}

/** Median and spread (half the distance between the quartiles). */
export function summary(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = part => {
    const place = (sorted.length - 1) * part;
    const low = sorted[Math.floor(place)] ?? Number.NaN;
    return low + ((sorted[Math.ceil(place)] ?? low) - low) * (place % 1);
  };
  return { median: at(0.5), spread: (at(0.75) - at(0.25)) / 2 };
}
