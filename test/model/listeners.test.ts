import { describe, expect, it } from 'vitest';
import { boundPorts, listenersOnPort, udpListenersOnPort } from '../../src/model/listeners.js';
import { minimalProxy } from '../support/minimal-proxy.js';

const socket = (address: string, port_value: number, more = {}) => ({
  address: { socket_address: { address, port_value, ...more } },
});

const proxy = await minimalProxy({
  listeners: [
    { name: 'wildcard', ...socket('0.0.0.0', 80) },
    { name: 'one', ...socket('10.0.0.1', 80), additional_addresses: [socket('fd00::1', 80), socket('10.0.0.1', 81)] },
    { name: 'dns', ...socket('127.0.0.1', 53, { protocol: 'UDP' }) },
    { name: 'pipe', address: { pipe: { path: '/run/x' } } },
    { name: 'internal', internal_listener: {} },
  ],
  otherListeners: [{ name: 'warming', warming_state: { listener: { name: 'warming', ...socket('0.0.0.0', 90) } } }],
});

const names = (found: ReturnType<typeof listenersOnPort>) =>
  found.map(({ listener, address }) => `${listener.name} ${address.ip}`);

describe('listeners by port', () => {
  it.each([
    [80, ['wildcard 0.0.0.0', 'one 10.0.0.1', 'one fd00::1']],
    [81, ['one 10.0.0.1']],
    [53, []],
    [90, []],
  ])('TCP %i', (port, expected) => {
    expect(names(listenersOnPort(proxy, port))).toEqual(expected);
  });

  it('UDP apart', () => {
    expect(names(udpListenersOnPort(proxy, 53))).toEqual(['dns 127.0.0.1']);
  });

  it('lists every TCP port once, ascending', () => {
    expect(boundPorts(proxy)).toEqual([80, 81]);
  });
});
