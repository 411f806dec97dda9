import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { View } from '../../src/model/view.js';
import { Choices } from '../../src/trace/choices.js';
import { type Hop, takeHops } from '../../src/trace/memory.js';
import type { TraceRequest } from '../../src/trace/request.js';
import { resolveRequest } from '../../src/trace/resolve.js';
import { resolveOnce } from '../../src/trace/resolve-once.js';
import { Tracing } from '../../src/trace/tracing.js';
import { type MinimalParts, minimalProxy } from '../support/minimal-proxy.js';

/** Walks requests through one proxy by these hops, and tells how often each hop was asked. */
async function walk(hops: Record<string, Hop>, requests: readonly TraceRequest[], parts: MinimalParts = {}) {
  const proxy = await minimalProxy(parts);
  const asked = Object.fromEntries(Object.keys(hops).map(name => [name, 0]));
  const counted = Object.entries(hops).map(([name, hop]): Hop => {
    return trace => {
      asked[name] = (asked[name] ?? 0) + 1;
      hop(trace);
    };
  });
  const traces = requests.map(request => {
    const resolved = resolveOnce({ ip: '10.0.0.9', port: 80, ...request }, proxy, 1, []);
    const trace = new Tracing(proxy, resolved.request, new Choices(resolved.request.random), null, resolved.kind);
    takeHops(trace, [...counted, end]);
    return trace;
  });
  return { asked, traces };
}

const end: Hop = trace => trace.finish('loop', 'it is a test');

const say =
  (why: (trace: Tracing) => string): Hop =>
  trace =>
    trace.step('route', 'matched', { why: why(trace) });

const PATHS = Array.from({ length: 6 }, (_, i) => ({ id: `r${i}`, path: `/${i}` }));

const whys = (traces: readonly Tracing[]) => traces.map(({ steps }) => steps.map(({ why }) => why).join());

describe('takeHops', () => {
  it('asks a hop that looks at nothing of a request’s own for one of equal ones, beside the first walk', async () => {
    const { asked, traces } = await walk({ port: say(({ request }) => `port ${request.port}`) }, PATHS);
    expect(asked).toEqual({ port: 2 });
    expect(whys(traces)).toEqual(PATHS.map(() => 'port 80'));
  });

  it.each<[string, (trace: Tracing) => string]>([
    ['the path', ({ request }) => request.path],
    ['the id', ({ request }) => request.id],
    ['the whole request', ({ request: { whole } }) => whole.path],
  ])('asks a hop that looks at %s for every request', async (_, look) => {
    const looked = whys((await walk({ look: say(look) }, PATHS)).traces);
    expect(new Set(looked).size).toBe(PATHS.length);
  });

  it('asks again where the request differs in what the hop may look at', async () => {
    const requests = [{ method: 'GET' }, { method: 'PUT' }, { method: 'GET' }, { method: 'PUT' }];
    const { traces } = await walk({ method: say(({ request }) => request.method) }, requests);
    expect(whys(traces)).toEqual(['GET', 'PUT', 'GET', 'PUT']);
  });

  it('asks again where an earlier hop, which looked at the path, found something else', async () => {
    const hops: Record<string, Hop> = {
      choose: trace => {
        trace.cluster = Number(trace.request.path.slice(1)) % 2 === 0 ? 'even' : 'odd';
      },
      tell: say(trace => trace.cluster ?? ''),
    };
    const { asked, traces } = await walk(hops, PATHS);
    expect(whys(traces)).toEqual(['even', 'odd', 'even', 'odd', 'even', 'odd']);
    expect(asked).toEqual({ choose: 6, tell: 3 });
  });

  it('asks a hop that draws by chance for every branch', async () => {
    const proxy = await minimalProxy({});
    const pick = say(trace => String(trace.choices.pick([0.5, 0.5], () => 0)));
    const resolved = resolveRequest({ ip: '10.0.0.9', port: 80 }, proxy);
    const traces = [[0], [1], [0], [1]].map(script => {
      const trace = new Tracing(proxy, resolved.request, new Choices(null, script), null);
      takeHops(trace, [pick, end]);
      return trace;
    });
    expect(whys(traces)).toEqual(['0', '1', '0', '1']);
  });

  it.each<[string, number | undefined, number[], number]>([
    ['what has one option only', undefined, [1, 0], 2],
    ['what the random value of requests decides', 7, [0.5, 0.5], 2],
    ['what has several options', undefined, [0.5, 0.5], 6],
  ])('asks a hop that picks %s as often as it must', async (_, random, shares, times) => {
    const pick = say(({ choices }) => String(choices.pick(shares, value => value % 2)));
    const requests = PATHS.map(request => (random === undefined ? request : { ...request, random }));
    const { asked, traces } = await walk({ pick }, requests);
    expect(asked).toEqual({ pick: times });
    expect(new Set(whys(traces))).toEqual(new Set([random === undefined ? '0' : '1']));
  });

  it('leaves what a later hop changes in one trace alone in the others', async () => {
    const hops: Record<string, Hop> = {
      begin: trace => {
        trace.connection.sni = 'sni';
        trace.assumptions.add('begun');
        trace.conditions.push('begun');
        trace.subsetKeys.set('version', 'v1');
      },
      own: trace => {
        trace.connection.sni = trace.request.path;
        trace.assumptions.add(trace.request.path);
        trace.conditions.push(trace.request.path);
        trace.subsetKeys.set('version', trace.request.path);
      },
    };
    const { asked, traces } = await walk(hops, PATHS);
    expect(asked).toEqual({ begin: 2, own: 6 });
    for (const [i, trace] of traces.entries()) {
      const { path } = PATHS[i] ?? { path: '' };
      expect([trace.connection.sni, trace.subsetKeys.get('version')]).toEqual([path, path]);
      expect([...trace.assumptions]).toEqual(['begun', path]);
      expect(trace.conditions).toEqual(['begun', path]);
    }
  });

  it('keeps the path that a request is rewritten to its own', async () => {
    const hops: Record<string, Hop> = {
      rewrite: trace => {
        trace.rewrite.path = `/new${trace.request.path}`;
      },
      pass: trace => trace.assumptions.add('passed'),
    };
    const { asked, traces } = await walk(hops, PATHS);
    expect(asked).toEqual({ rewrite: 6, pass: 2 });
    expect(traces.map(({ rewrite }) => rewrite.path)).toEqual(PATHS.map(({ path }) => `/new${path}`));
  });

  it('tells a rewritten request from one that is not', async () => {
    const hops: Record<string, Hop> = {
      rewrite: trace => {
        if (trace.request.path > '/2') trace.rewrite.path = '/new';
      },
      tell: say(({ rewrite }) => (rewrite.path === null ? 'as it came' : 'rewritten')),
    };
    const { traces } = await walk(hops, PATHS);
    expect(whys(traces)).toEqual([...Array(3).fill('as it came'), ...Array(3).fill('rewritten')]);
  });

  it('ends where a hop that is not asked again ended before', async () => {
    const closing: Hop = trace => trace.finish('no_listener', 'nobody is there');
    const { asked, traces } = await walk({ closing, never: say(() => 'never') }, PATHS);
    expect(asked).toEqual({ closing: 2, never: 0 });
    expect(traces.map(({ end }) => end?.reason)).toEqual(PATHS.map(() => 'no_listener'));
  });

  it('asks a hop again that failed', async () => {
    const proxy = await minimalProxy({});
    const resolved = resolveRequest({ ip: '10.0.0.9', port: 80 }, proxy);
    const pass: Hop = trace => void trace.assumptions.add('passed');
    const fail: Hop = () => {
      throw new Error('it cannot be read');
    };
    const trace = () => {
      const one = new Tracing(proxy, resolved.request, new Choices(null), null);
      takeHops(one, [pass, pass, fail, end]);
    };
    for (let i = 0; i < 4; i++) expect(trace).toThrow('it cannot be read');
  });

  it('tells parts of the configuration apart that hold the same', async () => {
    const parts = [new View({ name: 'a' }, '/0'), new View({ name: 'a' }, '/1')] as const;
    const hops: Record<string, Hop> = {
      choose: trace => {
        trace.route = parts[Number(trace.request.path.slice(1)) % 2] ?? null;
      },
      tell: say(trace => trace.route?.pointer ?? ''),
    };
    expect(whys((await walk(hops, PATHS)).traces)).toEqual(['/0', '/1', '/0', '/1', '/0', '/1']);
  });

  it('gives every request what it gets on a proxy that remembers nothing (property)', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(REQUEST, { minLength: 2, maxLength: 12 }), async requests => {
        const together = whys((await walk(MIXED, requests)).traces);
        const alone = await Promise.all(requests.map(async request => whys((await walk(MIXED, [request])).traces)));
        expect(together).toEqual(alone.flat());
      }),
      { numRuns: 60 },
    );
  });
});

const REQUEST = fc.record({
  path: fc.constantFrom('/', '/a', '/b?x=1'),
  method: fc.constantFrom('GET', 'PUT'),
  host: fc.constantFrom('a', 'b'),
  port: fc.constantFrom(80, 81),
  headers: fc.constantFrom<Record<string, string>>({}, { x: '1' }, { x: '2' }),
});

/** Hops that look at one thing each, change something by it, and see what those before changed. */
const MIXED: Record<string, Hop> = {
  port: trace => {
    trace.cluster = `port ${trace.request.port}`;
    trace.step('cluster', 'matched', { why: trace.cluster });
  },
  header: trace => {
    const [value = 'none'] = trace.request.headers.get('x') ?? [];
    trace.assumptions.add(value);
    trace.step('http-filters', 'matched', { why: `${trace.cluster} ${value}` });
  },
  path: trace => {
    trace.virtualCluster = trace.request.path === '/' ? 'root' : 'other';
    trace.step('route', 'matched', { why: trace.request.path });
  },
  host: trace => {
    trace.step('virtual-host', 'matched', { why: `${trace.virtualCluster} ${trace.request.host}` });
    if (trace.request.host === 'b' && trace.virtualCluster === 'root') trace.finish('no_route', 'root of b');
  },
  all: trace => {
    trace.step('endpoints', 'matched', { why: [trace.cluster, trace.virtualCluster, ...trace.assumptions].join() });
  },
};
