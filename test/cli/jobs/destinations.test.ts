import { expect, it } from 'vitest';
import { destinationsOf, threadsFor } from '../../../src/cli/jobs/destinations.js';
import type { TraceRequest } from '../../../src/trace/request.js';

const groupsOf = (requests: TraceRequest[]) => [...destinationsOf(requests).groups];

it.each<[string, TraceRequest[], number[]]>([
  ['what differs in path, headers and id', [{ to: 'a:1' }, { to: 'a:1', path: '/x', id: 'x', method: 'PUT' }], [0, 0]],
  [
    'what differs in the path of a URL',
    [{ to: 'http://a:1/x?y' }, { to: 'http://a:1/z' }, { to: 'http://a:1' }],
    [0, 0, 0],
  ],
  ['another scheme', [{ to: 'http://a/x' }, { to: 'https://a/x' }], [0, 1]],
  [
    'another proxy',
    [
      { to: 'a:1', proxy: 'p' },
      { to: 'a:1', proxy: 'q' },
      { to: 'a:1', proxy: 'p' },
    ],
    [0, 1, 0],
  ],
  [
    'another host',
    [
      { ip: '10.0.0.1', port: 80, host: 'a' },
      { ip: '10.0.0.1', port: 80, host: 'b' },
    ],
    [0, 1],
  ],
  ['another direction', [{ to: 'a:1', direction: 'inbound' }, { to: 'a:1' }], [0, 1]],
  ['what is no destination', [{ to: 7 as unknown as string }, {}, { to: 7 as unknown as string }], [0, 1, 0]],
])('requests by destination: %s', (_, requests, expected) => {
  expect(groupsOf(requests)).toEqual(expected);
});

it('puts no more than some requests to one destination into one group, so that several threads get some', () => {
  const groups = groupsOf(Array.from({ length: 250 }, (_, index) => ({ to: 'a:1', path: `/${index}` })));
  expect([0, 1, 2].map(group => groups.filter(other => other === group).length)).toEqual([100, 100, 50]);
});

it.each([
  [100, 100, 4, 1],
  [300, 300, 4, 2],
  [2000, 5, 4, 2],
  [10_000, 2000, 4, 4],
  [10_000, 2000, 1, 1],
])('%d requests to %d destinations, --jobs %d: %d threads', (count, destinations, jobs, expected) => {
  const requests = Array.from({ length: count }, (_, index) => ({ to: `a${index % destinations}:1` }));
  expect(threadsFor(destinationsOf(requests), jobs)).toBe(expected);
});
