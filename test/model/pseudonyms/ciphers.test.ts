import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressBytes, bitAt, formatBytes } from '../../../src/model/pseudonyms/address-bits.js';
import { AddressCipher } from '../../../src/model/pseudonyms/addresses.js';
import { LetterCipher } from '../../../src/model/pseudonyms/letters.js';

const letters = new LetterCipher('a key');
const addresses = new AddressCipher('a key');

const word = fc.stringMatching(/^[a-z][a-z0-9]{0,10}$/);
const v4 = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255)).map(bytes => bytes.join('.'));
const v6 = fc.array(fc.nat(255), { minLength: 16, maxLength: 16 }).map(bytes => formatBytes(bytes));

function commonPrefix(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return length;
}

function commonBits(a: string, b: string): number {
  const [one, other] = [addressBytes(a) ?? [], addressBytes(b) ?? []];
  let at = 0;
  while (at < 8 * one.length && bitAt(one, at) === bitAt(other, at)) at += 1;
  return at;
}

describe('the pseudonyms of words', () => {
  it('share just the beginning that the words share', () => {
    fc.assert(
      fc.property(word, word, fc.nat(8), (a, b, length) => {
        const other = a.slice(0, length) + b;
        expect(commonPrefix(letters.encrypt(a), letters.encrypt(other))).toBe(1 + commonPrefix(a, other));
      }),
    );
  });

  it('keep length and digits', () => {
    fc.assert(
      fc.property(word, text => {
        const pseudonym = letters.encrypt(text);
        expect(pseudonym).toHaveLength(text.length + 1);
        expect(pseudonym.slice(1).replace(/[a-z]/g, 'x')).toBe(text.replace(/[a-z]/g, 'x'));
      }),
    );
  });

  it('depend on the key and on nothing else', () => {
    expect(new LetterCipher('a key').encrypt('reviews')).toBe(letters.encrypt('reviews'));
    expect(new LetterCipher('another').encrypt('reviews')).not.toBe(letters.encrypt('reviews'));
  });
});

describe.each([
  ['IPv4', v4],
  ['IPv6', v6],
])('the pseudonyms of addresses, %s', (_, address) => {
  it('share just the bits that the addresses share', () => {
    fc.assert(
      fc.property(address, address, (a, b) => {
        expect(commonBits(addresses.encrypt(a), addresses.encrypt(b))).toBe(commonBits(a, b));
      }),
    );
  });

  it('lie in a range exactly when the addresses do', () => {
    fc.assert(
      fc.property(address, address, fc.nat(32), (network, a, length) => {
        const range = addresses.encryptRange(network, length) ?? '';
        expect(commonBits(addresses.encrypt(a), range) >= length).toBe(commonBits(a, network) >= length);
      }),
    );
  });
});

describe('special addresses', () => {
  it.each([
    '0.0.0.0',
    '127.0.0.1',
    '127.0.0.6',
    '169.254.169.254',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    'fe80::1',
    'ff02::1',
  ])('%s stays', address => {
    expect(addresses.encrypt(address)).toBe(address);
  });

  it.each([
    ['10.244.1.11', /^10\./],
    ['172.20.0.1', /^172\.(1[6-9]|2\d|3[01])\./],
    ['192.168.7.7', /^192\.168\./],
    ['100.64.3.3', /^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./],
    ['240.240.0.5', /^240\.240\./],
    ['fd00::2', /^fd|^fc/],
    ['2001:2::5', /^2001:2:/],
  ])('%s stays in its range, under another number', (address, range) => {
    expect(addresses.encrypt(address)).toMatch(range);
    expect(addresses.encrypt(address)).not.toBe(address);
  });

  it('an IPv4 address in IPv6 is the same address', () => {
    const mapped = addressBytes(addresses.encrypt('::ffff:10.1.2.3')) ?? [];
    expect(mapped.slice(12).join('.')).toBe(addresses.encrypt('10.1.2.3'));
  });

  it('the network of a range stays a network', () => {
    expect(addresses.encryptRange('10.0.0.0', 8)).toBe('10.0.0.0');
    expect(addresses.encryptRange('10.96.0.0', 12)).toMatch(/^10\.\d+\.0\.0$/);
    expect(addresses.encryptRange('0.0.0.0', 0)).toBe('0.0.0.0');
    expect(addresses.encryptRange('::', 0)).toBe('::');
    expect(addresses.encryptRange('nonsense', 8)).toBeNull();
    expect(addresses.encryptRange('10.0.0.0', 33)).toBeNull();
  });
});

describe('the form of IPv6', () => {
  it.each(['::', '::1', '1::', 'fd00::1:0:0:1', '2001:db8::1', '1:2:3:4:5:6:7:8', 'fe80:0:0:1::'])(
    '%s is the shortest',
    text => {
      expect(formatBytes(addressBytes(text) ?? [])).toBe(text);
    },
  );

  it('any text gives the bytes that it was made from', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(0, 0, 1, 255), { minLength: 16, maxLength: 16 }), bytes => {
        expect(addressBytes(formatBytes(bytes))).toEqual(bytes);
      }),
    );
  });
});
