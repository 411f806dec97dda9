import { execFileSync } from 'node:child_process';
import { createReadStream, createWriteStream, existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { createGzip } from 'node:zlib';
import { hostOf, portOf, writeCopies, writeScaledClusters, writeScaledDump } from './scale.js';

const pathOf = path => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const BIN = pathOf('bin/mesh-trace.js');
const BOOKINFO = pathOf('snapshots/bookinfo-1.30');
const DUMP = `${BOOKINFO}/productpage-v1-6d8bc58dd7-hjw6r/config_dump.json.gz`;
const OTHER_DUMP = `${BOOKINFO}-faulted`;

/** A string of JavaScript holds no more, in bytes. */
const MAX_STRING = 2 ** 29 - 24;

/** Sizes of dumps by the number of services that make about so many MB. */
const SIZES = [
  { name: '2 MB', services: 100 },
  { name: '17 MB', services: 1420 },
  { name: '50 MB', services: 4340 },
  { name: '250 MB', services: 22000 },
  { name: '670 MB', services: 59000, rounds: 2 },
];

/** Services that make 425 MB of `/clusters`. */
const LARGE_CLUSTERS = 59200;

const trace = (path, ...more) => [BIN, '-f', path, '--to', `${hostOf(0)}:${portOf(0)}`, '-o', 'json', ...more];
const READ = path => ['-e', `require('fs').readFileSync(${JSON.stringify(path)})`];
const PARSE = path => ['-e', `JSON.parse(require('fs').readFileSync(${JSON.stringify(path)},'utf8'))`];

/** The cases that start a process each, made with their files in `folder`; `most` leaves out larger dumps, in services. */
export async function casesIn(folder, most) {
  const cases = [
    { name: 'node -e 0', args: ['-e', '0'] },
    { name: '--version', args: [BIN, '--version'] },
    { name: '--help', args: [BIN, '--help'] },
    { name: 'trace, one Bookinfo dump', args: [BIN, '-f', DUMP, '--to', 'reviews:8888', '-o', 'json'] },
    {
      name: 'trace, Bookinfo snapshot',
      args: [BIN, 'productpage', '-f', BOOKINFO, '--to', 'reviews:8888', '--path', '/reviews/0', '-o', 'json'],
    },
    { name: 'check, Bookinfo snapshot', args: [BIN, 'check', '-f', BOOKINFO, '-o', 'json', '--fail-on', 'never'] },
    { name: 'diff, two Bookinfo snapshots', args: [BIN, 'diff', BOOKINFO, OTHER_DUMP, '-o', 'json'], codes: [0, 1] },
  ];
  for (const { name, services, rounds } of SIZES.filter(size => size.services <= most)) {
    const path = join(folder, `${services}.json`);
    if (!existsSync(path)) writeScaledDump(path, services);
    cases.push({ name: `read ${name}`, args: READ(path), size: statSync(path).size, rounds });
    if (statSync(path).size < MAX_STRING) cases.push({ name: `parse ${name}`, args: PARSE(path), rounds });
    cases.push({ name: `trace ${name}`, args: trace(path), size: statSync(path).size, rounds });
  }
  const middle = SIZES[2];
  if (middle.services <= most) cases.push(...(await formsOf(folder, middle)));
  for (const size of [middle, SIZES[3]]) if (size.services <= most) cases.push(...minifiedCases(folder, size));
  cases.push(...checkCases(folder));
  for (const count of [1, 10, 100, 1000, MANY_REQUESTS])
    cases.push(...requestCases(folder, count, middle.services <= most ? middle : null));
  if (middle.services <= most) cases.push(...manyRequestCases(folder, middle));
  return cases;
}

/** A dump as a minifier leaves it. */
function minifiedCases(folder, { name, services }) {
  const minified = join(folder, `${services}-minified.json`);
  if (!existsSync(minified)) writeScaledDump(minified, services, { minified: true });
  return [
    { name: `parse ${name}, minified`, args: PARSE(minified) },
    { name: `trace ${name}, minified`, args: trace(minified), size: statSync(minified).size },
  ];
}

/** The dump of 50 MB in other forms, and with `/clusters` beside it. */
async function formsOf(folder, { name, services }) {
  const pretty = join(folder, `${services}.json`);
  const packed = join(folder, `${services}.json.gz`);
  const clusters = join(folder, `${services}-clusters.json`);
  const largeClusters = join(folder, `${LARGE_CLUSTERS}-clusters.json`);
  if (!existsSync(packed))
    await pipeline(createReadStream(pretty), createGzip({ level: 6 }), createWriteStream(packed));
  if (!existsSync(clusters)) writeScaledClusters(clusters, services);
  if (!existsSync(largeClusters)) writeScaledClusters(largeClusters, LARGE_CLUSTERS);
  return [
    {
      name: `gunzip ${name}`,
      args: ['-e', `require('zlib').gunzipSync(require('fs').readFileSync(${JSON.stringify(packed)}))`],
    },
    { name: `trace ${name}, gzip`, args: trace(packed), size: statSync(pretty).size },
    { name: `trace ${name}, standard input`, args: trace('-'), stdin: pretty, size: statSync(pretty).size },
    {
      name: `trace ${name} and its /clusters`,
      args: trace(pretty, '-f', clusters),
      size: statSync(pretty).size + statSync(clusters).size,
    },
    {
      name: `trace ${name} and /clusters of 425 MB`,
      args: trace(pretty, '-f', largeClusters),
      size: statSync(pretty).size + statSync(largeClusters).size,
      rounds: 2,
    },
  ];
}

/** So many of each Bookinfo proxy are 203 proxies. */
const COPIES = 29;

function checkCases(folder) {
  const mesh = join(folder, 'copies');
  if (!existsSync(mesh)) writeCopies(mesh, COPIES);
  return [1, 2].map(jobs => ({
    name: `check, 203 proxies, --jobs ${jobs}`,
    args: [BIN, 'check', '-f', mesh, '-o', 'json', '--fail-on', 'never', '--jobs', String(jobs)],
  }));
}

const MANY_REQUESTS = 10_000;
/** To so many services requests go, unless told. */
const ASKED = 2000;
const FEW_ASKED = 20;

/** The requests that are most, on one thread, and to few services. */
function manyRequestCases(folder, { name, services }) {
  const dump = join(folder, `${services}.json`);
  const toFew = join(folder, `${MANY_REQUESTS}-to-${FEW_ASKED}.jsonl`);
  writeFileSync(
    toFew,
    linesOf(MANY_REQUESTS, index => requestTo(index, FEW_ASKED)),
  );
  const args = path => [BIN, '-f', dump, '--requests', path, '-o', 'jsonl'];
  return [
    {
      name: `${MANY_REQUESTS} requests, ${name}, --jobs 1`,
      args: [...args(join(folder, `${MANY_REQUESTS}.jsonl`)), '--jobs', '1'],
    },
    { name: `${MANY_REQUESTS} requests to ${FEW_ASKED} services, ${name}`, args: args(toFew) },
    {
      name: `${MANY_REQUESTS} requests to ${FEW_ASKED} services, ${name}, --jobs 1`,
      args: [...args(toFew), '--jobs', '1'],
    },
  ].map(one => ({ ...one, rounds: 2 }));
}

function linesOf(count, requestAt) {
  return Array.from({ length: count }, (_, index) => `${JSON.stringify(requestAt(index))}\n`).join('');
}

function requestTo(index, asked) {
  return { to: `${hostOf(index % asked)}:${portOf(index % asked)}`, path: `/${index}` };
}

function requestCases(folder, count, scaled) {
  const own = join(folder, `${count}.jsonl`);
  const bookinfo = join(folder, `${count}-bookinfo.jsonl`);
  writeFileSync(
    bookinfo,
    linesOf(count, index => ({ to: 'reviews:8888', path: `/reviews/${index}` })),
  );
  writeFileSync(
    own,
    linesOf(count, index => requestTo(index, ASKED)),
  );
  const rounds = count > 100 ? 2 : undefined;
  return [
    {
      name: `${count} requests, one Bookinfo dump`,
      args: [BIN, '-f', DUMP, '--requests', bookinfo, '-o', 'jsonl'],
      rounds,
    },
    ...(scaled === null
      ? []
      : [
          {
            name: `${count} requests, ${scaled.name}`,
            args: [BIN, '-f', join(folder, `${scaled.services}.json`), '--requests', own, '-o', 'jsonl'],
            rounds,
          },
        ]),
  ];
}

/** The commit that is measured. */
export function commit() {
  return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: pathOf('.'), encoding: 'utf8' }).trim();
}
