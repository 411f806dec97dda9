import { arch, cpus, loadavg, platform, totalmem } from 'node:os';
import { summary } from './measure.js';

/** Ratios that are to be reached, by the case and what it is set against. */
const GOALS = [
  { name: '--version', to: 'node -e 0', at: 2 },
  { name: 'trace, one Bookinfo dump', to: 'node -e 0', at: 3 },
  { name: 'trace 50 MB', to: 'parse 50 MB', at: 0.5 },
  { name: 'trace 250 MB', to: 'parse 250 MB', at: 0.35 },
  { name: 'trace 50 MB, minified', to: 'parse 50 MB, minified', at: 0.7 },
  { name: 'trace 250 MB, minified', to: 'parse 250 MB, minified', at: 0.5 },
  { name: '10000 requests, 50 MB', to: '1 requests, 50 MB', at: 5 },
  // At least 1.6 times as fast.
  { name: 'check, 203 proxies, --jobs 2', to: 'check, 203 proxies, --jobs 1', at: 1 / 1.6 },
];

/** What is kept of each case: medians and spreads, so that a later run can be set against them. */
export function recordOf(cases, samples) {
  return Object.fromEntries(
    cases.map(({ name, size }) => {
      const figures = samples.get(name) ?? [];
      const of = key => summary(figures.map(figure => figure[key]));
      return [
        name,
        {
          wall: of('wall'),
          cpu: of('cpu'),
          memory: of('memory'),
          rounds: figures.length,
          ...(size === undefined ? {} : { size }),
        },
      ];
    }),
  );
}

/** The cases whose CPU time, set against `node -e 0` of the same run, is worse than it was by more than both spreads. */
export function worse(record, last) {
  const base = ({ cpu }, all) => ({
    ratio: cpu.median / all['node -e 0'].cpu.median,
    noise: cpu.spread / cpu.median + all['node -e 0'].cpu.spread / all['node -e 0'].cpu.median,
  });
  return Object.entries(record).flatMap(([name, now]) => {
    const before = last[name];
    if (before === undefined || name === 'node -e 0') return [];
    const [a, b] = [base(now, record), base(before, last)];
    const allowed = Math.max(0.05, a.noise + b.noise);
    return a.ratio > b.ratio * (1 + allowed)
      ? [
          `${name}: ${a.ratio.toFixed(2)} times node -e 0, ${b.ratio.toFixed(2)} before (noise ${Math.round(allowed * 100)}%)`,
        ]
      : [];
  });
}

const milliseconds = ({ median, spread }) => `${Math.round(median)} ± ${Math.round(spread)}`;
const row = cells => `| ${cells.join(' | ')} |`;

function casesTable(record) {
  const base = record['node -e 0'];
  const rows = Object.entries(record).map(([name, { wall, cpu, memory, size }]) =>
    row([
      name,
      milliseconds(wall),
      milliseconds(cpu),
      (cpu.median / base.cpu.median).toFixed(2),
      Math.round(memory.median),
      size === undefined ? '' : Math.round(size / 1e6),
    ]),
  );
  return [
    row(['Process', 'Wall, ms', 'CPU, ms', 'CPU to `node -e 0`', 'Peak, MiB', 'Input, MB']),
    row(['---', '---:', '---:', '---:', '---:', '---:']),
    ...rows,
  ].join('\n');
}

function goalsTable(record) {
  const rows = GOALS.flatMap(({ name, to, at }) => {
    const [one, other] = [record[name], record[to]];
    if (one === undefined || other === undefined) return [];
    const ratio = key => one[key].median / other[key].median;
    const isReached = ratio('wall') <= at;
    return [
      row([
        name,
        to,
        `under ${Number(at.toFixed(3))}`,
        ratio('wall').toFixed(2),
        ratio('cpu').toFixed(2),
        isReached ? 'yes' : 'no',
      ]),
    ];
  });
  return [
    row(['Process', 'Set against', 'Goal', 'Wall', 'CPU', 'Reached']),
    row(['---', '---', '---:', '---:', '---:', '---']),
    ...rows,
  ].join('\n');
}

/** Milliseconds of CPU time for each MB, by least squares over the traces of pretty-printed dumps. */
function slope(record) {
  const points = Object.entries(record).flatMap(([name, { cpu, size }]) =>
    /^trace \d+ MB$/.test(name) ? [{ x: size / 1e6, y: cpu.median }] : [],
  );
  if (points.length < 2) return null;
  const mean = key => points.reduce((sum, point) => sum + point[key], 0) / points.length;
  const [x, y] = [mean('x'), mean('y')];
  const rise =
    points.reduce((sum, point) => sum + (point.x - x) * (point.y - y), 0) /
    points.reduce((sum, point) => sum + (point.x - x) ** 2, 0);
  return { rise, start: y - rise * x };
}

function growth(record) {
  const line = slope(record);
  if (line === null) return '';
  return `Over the sizes measured a trace costs ${Math.round(line.start)} ms of CPU time and ${line.rise.toFixed(1)} ms for each MB.`;
}

function innerTable(inner) {
  const rows = inner.map(({ name, median, spread }) => row([name, median.toFixed(2), spread.toFixed(2)]));
  return [row(['Inner part', 'Median, ms', 'Spread, ms']), row(['---', '---:', '---:']), ...rows].join('\n');
}

/** docs/performance.md. `notes` is what people wrote of the figures. */
export function page(record, inner, commit, notes) {
  const [cpu] = cpus();
  const machine = `${cpus().length} × ${cpu?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${platform()} ${arch()}, Node ${process.version}`;
  return `# Performance

Made by \`npm run bench\`, which measures whole processes in turn, several rounds, and this page’s figures all in one run. Medians with half the distance
between the quartiles. Wall time depends on what else the machine does, CPU time (user and system, of all threads) much less.

Machine: ${machine}. Load when it ended: ${loadavg()
    .map(load => load.toFixed(1))
    .join(', ')}. Commit ${commit}.

## Goals

${goalsTable(record)}

${notes.trim()}

## Growth

${growth(record)}

## Whole processes

${casesTable(record)}

## Inner parts

Over the dump of 50 MB, or the largest that was measured below it.

${innerTable(inner)}
`;
}
