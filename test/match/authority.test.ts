import { describe, expect, it } from 'vitest';
import { normalizeAuthority, stripPort } from '../../src/match/authority.js';
import { viewOf } from './view-of.js';

const ANY = { strip_any_host_port: true };
const MATCHING = { strip_matching_host_port: true };
const DOT = { strip_trailing_host_dot: true };

describe('the authority as routing sees it', () => {
  it.each([
    [{}, 'a.b:80', 'a.b:80'],
    [ANY, 'a.b:80', 'a.b'],
    [ANY, 'a.b', 'a.b'],
    [ANY, '[2001:db8::1]:80', '[2001:db8::1]'],
    [ANY, '[2001:db8::1]', '[2001:db8::1]'],
    [ANY, '2001:db8::1', '2001:db8:'],
    [ANY, 'a.b:', 'a.b:'],
    [ANY, 'a.b:http', 'a.b:http'],
    [MATCHING, 'a.b:80', 'a.b'],
    [MATCHING, 'a.b:81', 'a.b:81'],
    [MATCHING, '[::1]:80', '[::1]'],
    [DOT, 'a.b.', 'a.b'],
    [DOT, 'a.b.:80', 'a.b:80'],
    [DOT, 'a.b..', 'a.b.'],
    [DOT, 'a.b', 'a.b'],
    [{ ...DOT, ...ANY }, 'a.b.:80', 'a.b'],
    [{ ...DOT, ...MATCHING }, 'a.b.:80', 'a.b'],
    [{}, 'a.b.', 'a.b.'],
  ])('%j: %s becomes %s', (hcm, host, expected) => {
    expect(normalizeAuthority(viewOf(hcm), host, 80)).toBe(expected);
  });

  it.each([
    ['a.b:8080', 'a.b'],
    ['a.b', 'a.b'],
    ['[::1]:80', '[::1]'],
    ['[::1]', '[::1]'],
    ['a.b:http', 'a.b'],
    ['a.b:', 'a.b'],
  ])('without its port %s is %s', (host, expected) => {
    expect(stripPort(host)).toBe(expected);
  });
});
