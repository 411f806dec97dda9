import { readFileSync } from 'node:fs';
import { Bench } from 'tinybench';
import { decode, documentOf, snapshotOf, traceRequest } from '../../dist/index.js';
import { hostOf, portOf } from './scale.js';

/** The inner parts over one dump, in milliseconds each: median and spread. */
export async function measureInner(path) {
  const bytes = readFileSync(path);
  const load = async () => snapshotOf(await decode(documentOf('bench.json', bytes)));
  const { proxies } = await load();
  const [proxy] = proxies;
  const request = { to: `${hostOf(0)}:${portOf(0)}` };
  const bench = new Bench({ time: 1000, warmupTime: 200 });
  bench
    .add('decode', load)
    .add('first trace of a decoded dump', async () => traceRequest((await load()).proxies[0], request))
    .add('each further trace', () => traceRequest(proxy, request))
    .add('JSON.parse', () => JSON.parse(bytes.toString()));
  await bench.run();
  return bench.tasks.map(({ name, result }) => ({ name, median: result.latency.p50, spread: result.latency.mad }));
}
