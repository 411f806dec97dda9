import { setFlagsFromString } from 'node:v8';

/**
 * V8 optimises hot functions in threads of its own, for each of ours anew, on the cores that ours work on. In a check of 200 proxies by two
 * threads these use 2.6 s with V8's usual settings, and 0.8 s with these, which optimise less and later, from quickly compiled code.
 */
const OPTIMISE_LESS = ['--max-inlined-bytecode-size-cumulative=300', '--interrupt-budget=300000', '--always-sparkplug'];

/** A thread that collects garbage waits for V8's helpers in it, which wait for the cores that the other threads work on. */
const COLLECT_ALONE = ['--no-parallel-scavenge'];

/** What this was measured with; another V8 may have other flags, and complains of those that it does not know. */
const MEASURED_V8 = '11.';

/**
 * Makes V8 leave the cores to the threads of this process: it optimises less in all of them, and collects garbage without helpers.
 * Code that is loaded after that is compiled anew, as V8 refuses its cache.
 */
export function leaveCores(): void {
  if (!process.versions.v8.startsWith(MEASURED_V8)) return;
  for (const flag of [...OPTIMISE_LESS, ...COLLECT_ALONE]) setFlagsFromString(flag);
}
