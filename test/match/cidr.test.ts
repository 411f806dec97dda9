import { BlockList, isIP, isIPv4 } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cidrContains, cidrOf, cidrText, parseCidr, parseIp, rangesWith, sameIp } from '../../src/match/cidr.js';
import { viewOf } from './view-of.js';

describe('parseIp', () => {
  it.each([
    ['0.0.0.0', 32, 0n],
    ['10.0.0.7', 32, 0x0a000007n],
    ['255.255.255.255', 32, 0xffffffffn],
    ['::', 128, 0n],
    ['::1', 128, 1n],
    ['2001:db8::7', 128, 0x20010db8000000000000000000000007n],
    ['2001:DB8:0:0:0:0:0:7', 128, 0x20010db8000000000000000000000007n],
    ['64:ff9b::10.0.0.7', 128, 0x0064ff9b00000000000000000a000007n],
    ['::ffff:10.0.0.7', 32, 0x0a000007n],
    ['::ffff:a00:7', 32, 0x0a000007n],
  ])('%s', (text, width, bits) => {
    expect(parseIp(text)).toEqual({ width, bits });
  });

  it.each([
    '',
    'reviews',
    '10.0.0',
    '10.0.0.256',
    '010.0.0.1',
    '10.0.0.1 ',
    'fe80::1%eth0',
    '1::2::3',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7',
    '::12345',
    ':1',
    '1::2:3:4:5:6:7:8',
    '[::1]',
    '10.0.0.1::',
    '::g',
    '1:2:3:4:5:6:7:1.2.3.4',
  ])('refuses %j', text => {
    expect(parseIp(text)).toBeNull();
  });

  it('takes what the platform takes', () => {
    const text = fc.oneof(
      fc.ipV4(),
      fc.ipV6(),
      fc.string({ unit: fc.constantFrom(':', '0', '1', 'f', '.'), maxLength: 12 }),
    );
    fc.assert(fc.property(text, value => (parseIp(value) !== null) === (isIP(value) !== 0)));
  });
});

describe('parseCidr', () => {
  it.each([
    [{ address_prefix: '10.1.2.3', prefix_len: 24 }, '10.1.2.0/24'],
    [{ addressPrefix: '10.1.2.3', prefixLen: 32 }, '10.1.2.3/32'],
    [{ address_prefix: '10.1.2.3' }, '0.0.0.0/0'],
    [{ address_prefix: '10.1.2.3', prefix_len: 64 }, '10.1.2.3/32'],
    [{ address_prefix: '2001:db8:1::ff', prefix_len: 32 }, '2001:db8::/32'],
    [{ address_prefix: '1:0:0:2:0:0:0:3', prefix_len: 128 }, '1:0:0:2::3/128'],
    [{ address_prefix: '::ffff:10.0.0.7', prefix_len: 128 }, '::ffff:a00:7/128'],
  ])('%j is %s', (range, text) => {
    const cidr = parseCidr(viewOf(range));
    expect(cidr === null ? null : cidrText(cidr)).toBe(text);
  });

  it.each([{}, { address_prefix: '/var/run/socket' }, { address_prefix: 'x', prefix_len: 8 }])('refuses %j', range => {
    expect(parseCidr(viewOf(range))).toBeNull();
  });
});

describe('cidrOf', () => {
  it.each([
    ['10.0.0.0/8', '10.255.0.1', true],
    ['10.0.0.0/8', '11.0.0.1', false],
    ['10.0.0.7', '10.0.0.7', true],
    ['10.0.0.7', '10.0.0.8', false],
    ['0.0.0.0/0', '203.0.113.9', true],
    ['0.0.0.0/0', '::1', false],
    ['::/0', '::1', true],
    ['::/0', '10.0.0.1', false],
    ['10.0.0.0/8', '::ffff:10.0.0.1', true],
    ['::ffff:0:0/96', '10.0.0.1', false],
    ['2001:db8::/33', '2001:db8:7fff::', true],
    ['2001:db8::/33', '2001:db8:8000::', false],
  ])('%s contains %s: %s', (range, address, expected) => {
    const cidr = cidrOf(range);
    const ip = parseIp(address);
    expect(cidr !== null && ip !== null && cidrContains(cidr, ip)).toBe(expected);
  });

  it.each(['10.0.0.0/33', '10.0.0.0/', '10.0.0.0/8/8', '/8', '::/129', '10.0.0.0/-1', '10.0.0.0/8x'])(
    'refuses %s',
    text => {
      expect(cidrOf(text)).toBeNull();
    },
  );

  it('agrees with the platform on what a range contains', () => {
    const near = (max: number) => fc.array(fc.constantFrom(0, 1, 128, 255), { minLength: max, maxLength: max });
    const v4 = fc.oneof(
      near(4).map(octets => octets.join('.')),
      fc.ipV4(),
    );
    const v6 = fc.oneof(
      near(8).map(groups => groups.map(group => group.toString(16)).join(':')),
      fc.ipV6(),
    );
    const plain = v6.filter(address => !/^(::|0+:)/.test(address));
    const pair = (address: fc.Arbitrary<string>, width: number) =>
      fc.tuple(address, address, fc.integer({ min: 0, max: width }));
    fc.assert(
      fc.property(fc.oneof(pair(v4, 32), pair(plain, 128)), ([network, address, length]) => {
        const list = new BlockList();
        const family = isIPv4(network) ? 'ipv4' : 'ipv6';
        list.addSubnet(network, length, family);
        const cidr = cidrOf(`${network}/${length}`);
        const ip = parseIp(address);
        expect(cidr !== null && ip !== null && cidrContains(cidr, ip)).toBe(list.check(address, family));
      }),
    );
  });

  it('prints a range that parses to the same range', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), fc.nat(32), (address, length) => {
        const cidr = cidrOf(`${address}/${length}`);
        expect(cidr).not.toBeNull();
        if (cidr !== null) expect(cidrOf(cidrText(cidr))).toEqual(cidr);
      }),
    );
  });
});

describe('sameIp', () => {
  it.each([
    ['10.0.0.1', '10.0.0.1', true],
    ['10.0.0.1', '10.0.0.2', false],
    ['2001:db8::1', '2001:0db8:0:0::1', true],
    ['::ffff:10.0.0.1', '10.0.0.1', true],
    ['0.0.0.0', '::', false],
    ['reviews', 'reviews', false],
    ['10.0.0.1', 'reviews', false],
  ])('%s and %s: %s', (a, b, expected) => {
    expect(sameIp(a, b)).toBe(expected);
  });
});

describe('rangesWith', () => {
  const ranges = [
    { address_prefix: '10.0.0.0', prefix_len: 8 },
    { address_prefix: '10.1.0.0', prefix_len: 16 },
    { address_prefix: 'reviews', prefix_len: 8 },
    { address_prefix: '::' },
  ].map(viewOf);

  it.each([
    ['10.1.2.3', ['10.0.0.0/8', '10.1.0.0/16']],
    ['10.2.0.1', ['10.0.0.0/8']],
    ['192.168.0.1', []],
    ['2001:db8::1', ['::/0']],
    ['reviews', []],
  ])('%s is in %j', (ip, expected) => {
    expect(rangesWith(ranges, parseIp(ip)).map(cidrText)).toEqual(expected);
  });
});
