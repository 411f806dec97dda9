import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { casesIn, commit } from './bench/cases.js';
import { measureInner } from './bench/inner.js';
import { measure } from './bench/measure.js';
import { page, recordOf, worse } from './bench/report.js';

const HELP = `npm run bench -- [--rounds N] [--most SERVICES] [--only TEXT] [--folder DIR] [--write]

Measures whole processes and inner parts over dumps that it makes. Without --write nothing is recorded.
  --rounds N        how often each process runs (default 5)
  --most SERVICES   leaves larger dumps out: 100, 1420, 4340 (50 MB), 22000, 59000 (670 MB, the default)
  --only TEXT       only the cases whose name holds the text, and node -e 0
  --folder DIR      keeps the dumps there for the next time
  --write           writes docs/performance.md and docs/performance.json
`;

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    most: { type: 'string', default: '59000' },
    only: { type: 'string', default: '' },
    folder: { type: 'string' },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const docs = name => new URL(`../docs/${name}`, import.meta.url);
const RECORD = docs('performance.json');

if (values.help) process.stdout.write(HELP);
else await bench();

async function bench() {
  const folder = values.folder ?? mkdtempSync(join(tmpdir(), 'mesh-trace-bench-'));
  mkdirSync(folder, { recursive: true });
  try {
    const all = await casesIn(folder, Number(values.most));
    const cases = all.filter(({ name }) => name === 'node -e 0' || name.includes(values.only));
    const samples = await measure(cases, Number(values.rounds), folder, (name, round) =>
      process.stderr.write(`round ${round + 1}: ${name}\n`),
    );
    const record = recordOf(cases, samples);
    const inner = await measureInner(join(folder, existsSync(join(folder, '4340.json')) ? '4340.json' : '100.json'));
    const last = existsSync(RECORD) ? JSON.parse(readFileSync(RECORD, 'utf8')) : {};
    const notes = readFileSync(new URL('./bench/notes.md', import.meta.url), 'utf8');
    process.stdout.write(page(record, inner, commit(), notes));
    for (const line of worse(record, last)) process.stdout.write(`WORSE than recorded: ${line}\n`);
    if (!values.write) return;
    writeFileSync(docs('performance.md'), page(record, inner, commit(), notes));
    writeFileSync(RECORD, `${JSON.stringify(record, null, 2)}\n`);
  } finally {
    if (values.folder === undefined) rmSync(folder, { recursive: true, force: true });
  }
}
