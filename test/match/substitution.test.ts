import { describe, expect, it } from 'vitest';
import { substitute } from '../../src/match/substitution.js';

const sent: Record<string, string> = {
  ':path': '/new/a?b=c',
  'x-user': 'jason',
  'x-envoy-original-path': '/old/a?b=c',
};
const headers = (name: string) => sent[name];

describe('command operators', () => {
  it.each([
    ['plain', 'plain'],
    ['100%%', '100%'],
    ['%REQ(X-User)%', 'jason'],
    ['u-%REQ(x-user):3%!', 'u-jas!'],
    ['%REQ(x-none?x-user)%', 'jason'],
    ['%REQ(x-none)%', '-'],
    ['%PATH%', '/old/a?b=c'],
    ['%PATH(NQ)%', '/old/a'],
    ['%PATH(NQ:PATH)%/x', '/new/a/x'],
    ['%PATH(WQ:PATH)%', '/new/a?b=c'],
    ['%REQ(x-user)%-%REQ(x-user)%', 'jason-jason'],
    ['%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%', '192.0.2.1'],
  ])('%s is %s', (format, expected) => {
    expect(substitute(format, headers, { DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT: '192.0.2.1' })).toBe(expected);
  });

  it.each(['%START_TIME%', '%DYNAMIC_METADATA(a:b)%', '%PROTOCOL% %REQ(x-user)%'])('%s is not known', format => {
    expect(substitute(format, headers)).toBeNull();
  });
});
