import { describe, expect, it } from 'vitest';
import type { TraceRequest } from '../../src/trace/request.js';
import { resolveRequest } from '../../src/trace/resolve.js';
import { traceRequest } from '../../src/trace/trace.js';
import { chain, listener, staticCluster, tcp, virtualOutbound } from '../support/messages.js';
import { GATEWAY, minimalProxy } from '../support/minimal-proxy.js';
import { proxyOf } from '../support/snapshot.js';

const sidecar = await minimalProxy({});
const gateway = await minimalProxy({ node: GATEWAY });

describe('the authority that a plain client sends', () => {
  it.each<[request: TraceRequest, host: string | null]>([
    [{ to: 'reviews:8888' }, 'reviews:8888'],
    [{ to: 'reviews:80' }, 'reviews'],
    [{ to: 'http://reviews/' }, 'reviews'],
    [{ to: 'http://reviews:443/' }, 'reviews:443'],
    [{ to: 'https://reviews/' }, 'reviews'],
    [{ to: 'https://reviews:80/' }, 'reviews:80'],
    [{ to: '[fd00::1]:80' }, '[fd00::1]'],
    [{ to: '[fd00::1]:8080' }, '[fd00::1]:8080'],
    [{ ip: 'fd00::1', port: 80 }, '[fd00::1]:80'],
    [{ to: 'reviews:8888', host: 'shop.example' }, 'shop.example'],
    [{ to: 'reviews:8888', host: '' }, null],
    [{ to: 'tcp://reviews:8888' }, null],
    [{ to: 'münchen.example:8080' }, 'xn--mnchen-3ya.example:8080'],
  ])('%j: %s', (request, host) => {
    expect(resolveRequest(request, sidecar).request.host).toBe(host);
  });
});

describe('defaults', () => {
  it.each<[request: TraceRequest, expected: object]>([
    [{ to: 'a:80' }, { protocol: 'http', tls: 'plaintext', method: 'GET', path: '/', sni: null, alpn: [] }],
    [{ to: 'https://a/x?y=1#z' }, { tls: 'tls', port: 443, sni: 'a', path: '/x?y=1' }],
    [{ to: 'https://10.0.0.9/' }, { sni: null }],
    [{ to: 'https://a/', sni: '' }, { sni: null }],
    [
      { to: 'grpc://a/pkg.Service/Method' },
      { protocol: 'grpc', method: 'POST', port: 80, path: '/pkg.Service/Method' },
    ],
    [{ to: 'a:80', method: 'post' }, { method: 'POST' }],
    [{ to: 'http://a/x', path: '/y' }, { path: '/y' }],
    [{ to: 'http://user:secret@a/x' }, { host: 'a', path: '/x' }],
    [{ to: 'http://a?x=1' }, { path: '/?x=1' }],
    [{ to: 'a:80', port: 81 }, { port: 81 }],
  ])('%j', (request, expected) => {
    expect(resolveRequest(request, sidecar).request).toMatchObject(expected);
  });

  it('joins the values of headers that differ in case only', () => {
    const { headers } = resolveRequest({ to: 'a:80', headers: { 'X-A': '1', 'x-a': ['2', '3'] } }, sidecar).request;
    expect([...headers]).toEqual([['x-a', ['1', '2', '3']]]);
  });
});

describe('the client’s identity', () => {
  const NAMED = 'cluster.local/ns/foo/sa/bar';

  it.each([
    [NAMED, `spiffe://${NAMED}`, 'foo'],
    [`spiffe://${NAMED}`, `spiffe://${NAMED}`, 'foo'],
    ['client.example', 'client.example', undefined],
    ['https://a/ns/foo/sa/bar', 'https://a/ns/foo/sa/bar', 'foo'],
  ])('%s is %s', (principal, expected, namespace) => {
    const { from } = resolveRequest({ to: 'a:80', from: { principal } }, sidecar).request;
    expect(from.principal).toBe(expected);
    expect(from.namespace).toBe(namespace);
  });
});

describe('the path', () => {
  it.each<[request: TraceRequest, path: string]>([
    [{ to: 'a:80' }, '/'],
    [{ to: 'a:80', method: 'connect' }, ''],
    [{ to: 'a:80', method: 'CONNECT', path: '/p' }, '/p'],
  ])('of %j', (request, path) => {
    expect(resolveRequest(request, sidecar).request.path).toBe(path);
  });
});

describe('direction', () => {
  it.each([
    ['a sidecar’s own address is inbound', sidecar, { to: '10.0.0.1:80' }, 'inbound'],
    ['all else goes out', sidecar, { to: '10.0.0.9:80' }, 'outbound'],
    ['a gateway takes what its listeners are bound to', gateway, { to: 'a:80' }, 'gateway'],
    ['what is said counts', sidecar, { to: '10.0.0.9:80', direction: 'inbound' }, 'inbound'],
  ] as const)('%s', (_, proxy, request, direction) => {
    expect(resolveRequest(request, proxy).request.direction).toBe(direction);
  });
});

describe('names', () => {
  it('lists names like one that nothing knows', async () => {
    const proxy = await proxyOf('bookinfo-1.30', 'productpage');
    const { request, unknownHost } = resolveRequest({ to: 'review:8888' }, proxy);
    expect(request.ip).toBeNull();
    expect(unknownHost?.name).toBe('review');
    expect(unknownHost?.near[0]).toBe('reviews.default.svc.cluster.local');
  });

  it('says of no name that nothing knows it where the clusters were not saved', async () => {
    const proxy = await minimalProxy({ clusters: null });
    expect(resolveRequest({ to: 'review:8888' }, proxy).unknownHost).toBeNull();
  });

  it.each<[to: string, tls: 'plaintext' | 'tls', meant: string | null]>([
    ['tcp://b.example:27017', 'plaintext', 'b.example'],
    ['tcp://c.example:27017', 'plaintext', 'c.example'],
    ['tcp://a.example:27017', 'plaintext', null],
    ['tcp://b.example:27017', 'tls', null],
    ['10.9.9.9:27017', 'plaintext', null],
  ])('%s over %s goes where its port goes', async (to, tls, meant) => {
    const names = ['a', 'b'].map(name => `outbound|27017||${name}.example`);
    const proxy = await minimalProxy({
      listeners: [virtualOutbound(), listener(27017, [chain([tcp(names[0] ?? '')])])],
      clusters: names.map(name => staticCluster(name, ['192.0.2.1:27017'])),
    });
    const { outcome, cluster, sentence } = traceRequest(proxy, { to, tls });
    const note = `Listener 0.0.0.0_27017 sends all of port 27017 there: it cannot tell ${meant} from other hosts.`;
    expect({ outcome, cluster }).toEqual({ outcome: 'forwarded', cluster: names[0] });
    expect(sentence.endsWith(note)).toBe(meant !== null);
    if (meant === null) expect(sentence).not.toContain('cannot tell');
  });
});

describe('what cannot be read', () => {
  it.each<[request: TraceRequest, message: string]>([
    [{}, 'the request has no destination'],
    [{ to: '' }, 'an empty string is not a destination'],
    [{ to: 'reviews' }, 'reviews: the port is missing'],
    [{ to: 'reviews:0' }, 'reviews:0: a port is between 1 and 65535'],
    [{ to: 'reviews:65536' }, 'reviews:65536: a port is between 1 and 65535'],
    [{ to: 'ftp://reviews' }, 'ftp://reviews: the scheme ftp is not known'],
    [{ to: 'fd00::1:80' }, 'fd00::1:80 is not a destination'],
  ])('%j', (request, message) => {
    expect(() => resolveRequest(request, sidecar)).toThrow(message);
  });
});

describe('fields of a request that are written as something else', () => {
  it.each<[written: object, read: object]>([
    [{ to: 'a:80', path: 7 }, { path: '7' }],
    [{ to: 'a:80', id: 7 }, { id: '7' }],
    [
      { to: 'a:80', id: null, path: null, method: null },
      { id: '1', path: '/', method: 'GET' },
    ],
    [{ ip: '10.0.0.9', port: '80' }, { port: 80 }],
    [{ to: 'https://a/', alpn: 'h2' }, { alpn: ['h2'] }],
    [{ to: 'a:80', random: '12' }, { random: 12 }],
    [{ to: 'a:80', from: { ip: '10.0.0.9', port: '5000' } }, { from: { ip: '10.0.0.9', port: 5000 } }],
  ])('%j is read as %j', (written, read) => {
    expect(resolveRequest(written, sidecar).request).toMatchObject(read);
  });

  it('reads header values of any scalar, and none as an empty one', () => {
    const written: object = { to: 'a:80', headers: { a: 5, b: [true, 'x'], c: null } };
    const { headers } = resolveRequest(written, sidecar).request;
    expect([...headers]).toEqual([
      ['a', ['5']],
      ['b', ['true', 'x']],
      ['c', ['']],
    ]);
  });

  it.each<[written: object, message: string, hint: string]>([
    [{ to: ['a:80'] }, 'to is ["a:80"]', 'Write `to` as text.'],
    [{ to: 'a:80', method: {} }, 'method is {}', 'Write `method` as text.'],
    [{ to: 'a:80', protocol: 'htp' }, 'protocol is "htp"', 'Write `protocol` as one of http, http2, grpc, tcp.'],
    [{ to: 'a:80', tls: true }, 'tls is true', 'Write `tls` as one of plaintext, tls, mtls.'],
    [{ ip: '10.0.0.9', port: 0 }, 'port is 0', 'Write `port` as a whole number from 1 to 65535.'],
    [{ ip: 'reviews', port: 80 }, 'ip is "reviews"', 'Write `ip` as an IP address: 10.0.0.7 or 2001:db8::7.'],
    [
      { to: 'a:80', from: { directIp: '10.0.0.9:80' } },
      'from.directIp is "10.0.0.9:80"',
      'Write `from.directIp` as an IP address: 10.0.0.7 or 2001:db8::7.',
    ],
    [{ to: 'a:80', random: 0.5 }, 'random is 0.5', 'Write `random` as a whole number from 0 on.'],
    [{ to: 'a:80', headers: ['x: y'] }, 'headers is ["x: y"]', 'Write `headers` as a mapping of names to values.'],
    [{ to: 'a:80', headers: { x: {} } }, 'headers.x is {}', 'Write `headers.x` as text.'],
    [{ to: 'a:80', alpn: [['h2']] }, 'alpn is [["h2"]]', 'Write `alpn` as a list of text.'],
    [{ to: 'a:80', claims: 'iss' }, 'claims is "iss"', 'Write `claims` as a mapping of names to values.'],
    [
      { to: 'a:80', from: '10.0.0.9' },
      'from is "10.0.0.9"',
      'Write `from` as a mapping of ip, port, directIp, principal, namespace.',
    ],
  ])('%j cannot be read', (written, message, hint) => {
    expect(() => resolveRequest(written, sidecar)).toThrow(
      expect.objectContaining({ name: 'RequestError', message, hint }),
    );
  });
});
