import { describe, expect, it } from 'vitest';
import { traceCommand } from '../../../src/render/trace/command.js';
import type { TraceRequest } from '../../../src/trace/request.js';

describe('the command that traces a request again', () => {
  it.each<[string, TraceRequest]>([
    ['mesh-trace a.b --to reviews:80', { to: 'reviews:80' }],
    [
      "mesh-trace a.b --to '[fd00::1]:80' -H 'end-user: jason'",
      { ip: 'fd00::1', port: 80, headers: { 'end-user': 'jason' } },
    ],
    ["mesh-trace a.b --to reviews:80 -H 'x-auth: …'", { to: 'reviews:80', headers: { 'x-auth': 's3cret' } }],
    [
      "mesh-trace a.b --to reviews:80 --path '/a?token=REDACTED&b=c'",
      { to: 'reviews:80', path: '/a?token=s3cret&b=c' },
    ],
    ["mesh-trace a.b --to reviews:80 --claim 'sub=…'", { to: 'reviews:80', claims: { sub: 's3cret' } }],
  ])('%s', (command, request) => {
    expect(traceCommand('a.b', request as TraceRequest)).toBe(command);
  });
});
