import { describe, expect, it } from 'vitest';
import { describeRequest } from '../../src/render/request-line.js';

const HTTP = {
  direction: 'outbound',
  protocol: 'http',
  tls: 'plaintext',
  method: 'GET',
  host: 'reviews:8888',
  path: '/reviews/0',
  headers: {},
};
const TCP = { direction: 'outbound', protocol: 'tcp', tls: 'plaintext', ip: '10.0.0.1', port: 3306, sni: null };

describe('a request as people write it', () => {
  it.each<[string, Record<string, unknown>]>([
    ['GET http://reviews:8888/reviews/0', HTTP],
    ['GET https://reviews:8888/reviews/0', { ...HTTP, tls: 'mtls' }],
    ['http2 POST http://reviews:8888/reviews/0', { ...HTTP, protocol: 'http2', method: 'POST' }],
    ['GET http:///reviews/0', { ...HTTP, host: null }],
    ['GET http://reviews:8888/reviews/0 (gateway)', { ...HTTP, direction: 'gateway' }],
    [
      'GET http://reviews:8888/reviews/0 with end-user: jason, x: a,b',
      { ...HTTP, headers: { 'end-user': 'jason', x: ['a', 'b'] } },
    ],
    [
      'GET http://reviews:8888/reviews/0 with authorization: (hidden)',
      { ...HTTP, headers: { authorization: 'Bearer x' } },
    ],
    ['GET http://reviews:8888/a?b=c&access_token=REDACTED', { ...HTTP, path: '/a?b=c&access_token=abc.d' }],
    [
      'grpc POST http://reviews:8888/a.B/C',
      { ...HTTP, protocol: 'grpc', method: 'POST', path: '/a.B/C', headers: { 'content-type': 'application/grpc' } },
    ],
    ['TCP 10.0.0.1:3306', TCP],
    ['TCP port 3306', { ...TCP, ip: null }],
    ['TCP 10.0.0.1:3306 with tls, SNI a.example', { ...TCP, tls: 'tls', sni: 'a.example' }],
    ['TCP 10.0.0.1:3306 with mtls (inbound)', { ...TCP, tls: 'mtls', direction: 'inbound' }],
  ])('%s', (line, request) => {
    expect(describeRequest(request)).toBe(line);
  });
});
