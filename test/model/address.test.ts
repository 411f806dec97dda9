import { describe, expect, it } from 'vitest';
import { formatSocket, splitSocket } from '../../src/model/address.js';

describe('an address with its port', () => {
  it.each([
    ['10.0.0.1', 80, '10.0.0.1:80'],
    ['fd00::1', 80, '[fd00::1]:80'],
    ['reviews.default', 8888, 'reviews.default:8888'],
  ])('%s and %d are %s', (ip, port, socket) => {
    expect(formatSocket(ip, port)).toBe(socket);
    expect(splitSocket(socket)).toEqual({ ip, port });
  });

  it.each([
    ['10.0.0.1', '10.0.0.1'],
    ['fd00::1', 'fd00::1'],
    ['::1', '::1'],
    ['[fd00::1]', 'fd00::1'],
    ['', ''],
    ['port 80 of the original address', 'port 80 of the original address'],
  ])('%s has no port', (socket, ip) => {
    expect(splitSocket(socket)).toEqual({ ip });
  });
});
