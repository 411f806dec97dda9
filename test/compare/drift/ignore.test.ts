import { describe, expect, it } from 'vitest';
import { ignoring } from '../../../src/compare/drift/ignore.js';
import { JsonPathError } from '../../../src/compare/drift/json-path.js';
import { edsCluster, route, virtualHost } from '../../support/messages.js';
import { clusters, compared, inShort, routes } from './dumps.js';

const LEFT = [
  clusters({ ...edsCluster('a'), connect_timeout: '1s', lb_policy: 'RANDOM' }, edsCluster('b')),
  routes({ name: '80', virtual_hosts: [virtualHost([route('a', { name: 'x' })])] }),
];
const RIGHT = [
  clusters({ ...edsCluster('a'), connect_timeout: '2s', lb_policy: 'MAGLEV' }),
  routes({ name: '80', virtual_hosts: [virtualHost([route('b', { name: 'x' })])] }),
];
const ALL = [
  '~ cluster a: /connect_timeout /lb_policy',
  '- cluster b',
  '~ route 80: /virtual_hosts/0/routes/0/route/cluster',
];

describe('--ignore', () => {
  it.each<[string, string[], string[]]>([
    ['nothing', [], ALL],
    ['a field', ['$.connect_timeout'], ['~ cluster a: /lb_policy', '- cluster b', ALL[2] ?? '']],
    ['a field in camelCase', ['$.lbPolicy'], ['~ cluster a: /connect_timeout', '- cluster b', ALL[2] ?? '']],
    ['several', ['$.connect_timeout', '$.lb_policy'], ['- cluster b', ALL[2] ?? '']],
    ['a field at any depth', ['$..cluster'], ALL.slice(0, 2)],
    ['a kind', ['$.clusters'], [ALL[2] ?? '']],
    ['one resource', ["$.clusters['b']"], [ALL[0] ?? '', ALL[2] ?? '']],
    [
      'a field of one resource',
      ["$.clusters['a'].connect_timeout"],
      ['~ cluster a: /lb_policy', '- cluster b', ALL[2] ?? ''],
    ],
    ['places in lists', ['$.virtual_hosts[*].routes[*].route'], ALL.slice(0, 2)],
    ['what is not there', ['$.nothing.of.it'], ALL],
  ])('%s', async (_, ignore, expected) => {
    const result = await compared({ left: LEFT, right: RIGHT, mode: 'snapshots', ignore });
    expect(inShort(result).sort()).toEqual([...expected].sort());
  });

  it.each(['connect_timeout', '$.a[?(@.b)]', '$.a[(@.length-1)]', '$..[?(@.constructor)]', ''])('refuses %j', path => {
    expect(() => ignoring([path])).toThrow(JsonPathError);
  });
});
