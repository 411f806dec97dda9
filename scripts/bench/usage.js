import { writeFileSync } from 'node:fs';

/** Preloaded into each measured process: writes its peak memory in MiB, which Node does not tell of a child. */
process.on('exit', () => writeFileSync(process.env.BENCH_USAGE, String(process.resourceUsage().maxRSS / 1024)));
