import { describe, expect, it } from 'vitest';
import { traceRequest } from '../../../src/trace/trace.js';
import { address, chain, listener, tcp, virtualOutbound } from '../../support/messages.js';
import { GATEWAY, type Json, minimalProxy } from '../../support/minimal-proxy.js';

const TCP = { protocol: 'tcp' } as const;

function bound(ip: string, port: number, more: Json = {}): Json {
  const socket = { address: ip, port_value: port, ...more };
  return {
    name: `${ip}_${port}`,
    address: { socket_address: socket },
    filter_chains: [chain([tcp('BlackHoleCluster')])],
  };
}

async function outbound(listeners: readonly Json[], ip: string, port: number, capture: Json = virtualOutbound()) {
  const proxy = await minimalProxy({ listeners: [capture, ...listeners] });
  return traceRequest(proxy, { ip, port, direction: 'outbound', ...TCP });
}

describe('the hand-over of use_original_dst', () => {
  const both = [bound('0.0.0.0', 80), bound('10.3.0.1', 80), bound('10.3.0.1', 81)];
  const v6 = [bound('::', 80), bound('2001:db8::1', 80)];

  it.each<[string, Json[], string, number, string]>([
    ['the very address and port', both, '10.3.0.1', 80, '10.3.0.1_80'],
    ['the wildcard address, for another address', both, '10.3.0.2', 80, '0.0.0.0_80'],
    ['the receiving one, for another port', both, '10.3.0.1', 82, 'virtualOutbound'],
    ['the very IPv6 address, however it is written', v6, '2001:db8:0:0::1', 80, '2001:db8::1_80'],
    ['the IPv6 wildcard', v6, '2001:db8::2', 80, '::_80'],
    ['no IPv6 wildcard for IPv4', v6, '10.3.0.1', 80, 'virtualOutbound'],
    ['the IPv6 wildcard for IPv4 under ipv4_compat', [bound('::', 80, { ipv4_compat: true })], '10.3.0.1', 80, '::_80'],
    [
      'an additional address',
      [{ ...bound('10.3.0.1', 80), additional_addresses: [{ address: address('2001:db8::9', 80) }] }],
      '2001:db8::9',
      80,
      '10.3.0.1_80',
    ],
    ['nothing that takes UDP', [bound('0.0.0.0', 53, { protocol: 'UDP' })], '10.3.0.1', 53, 'virtualOutbound'],
    [
      'nothing at a unix socket',
      [{ ...bound('', 80), address: { pipe: { path: '/run/x.sock' } } }],
      '10.3.0.1',
      80,
      'virtualOutbound',
    ],
  ])('goes to %s', async (_, listeners, ip, port, expected) => {
    expect((await outbound(listeners, ip, port)).listener).toBe(expected);
  });

  it.each([['use_original_dst'], ['useOriginalDst'], ['hidden_envoy_deprecated_use_original_dst']])(
    'reads %s',
    async field => {
      const { use_original_dst: _, ...capture } = virtualOutbound();
      expect((await outbound(both, '10.3.0.1', 80, { ...capture, [field]: true })).listener).toBe('10.3.0.1_80');
    },
  );

  it('does not happen without it', async () => {
    const { use_original_dst: _, ...capture } = virtualOutbound();
    expect((await outbound(both, '10.3.0.1', 80, capture)).listener).toBe('virtualOutbound');
  });

  it('tells the other listeners of the port and why they lose', async () => {
    const { steps } = await outbound([...both, bound('0.0.0.0', 80, { protocol: 'UDP' })], '10.3.0.1', 80);
    expect(steps.find(({ hop }) => hop === 'listener')?.candidates).toMatchObject([
      { name: '0.0.0.0_80', criterion: 'address', reason: 'a listener bound to the very address comes first' },
      { name: '0.0.0.0_80', reason: 'it takes UDP, not TCP' },
    ]);
  });
});

describe('listeners that do not serve', () => {
  it.each([
    ['warming', { warming_state: { listener: bound('0.0.0.0', 80) } }, 'it is warming and does not serve'],
    ['draining', { draining_state: { listener: bound('0.0.0.0', 80) } }, 'it is draining and does not serve'],
    [
      'rejected',
      { error_state: { failed_configuration: bound('0.0.0.0', 80), details: 'bad filter' } },
      'Envoy rejected it: bad filter',
    ],
  ])('%s', async (_, state, reason) => {
    const proxy = await minimalProxy({
      listeners: [virtualOutbound()],
      otherListeners: [{ name: '0.0.0.0_80', ...state }],
    });
    const result = traceRequest(proxy, { ip: '10.3.0.1', port: 80, direction: 'outbound', ...TCP });
    expect(result.listener).toBe('virtualOutbound');
    const step = result.steps.find(({ hop }) => hop === 'listener');
    expect(step?.candidates).toMatchObject([{ name: '0.0.0.0_80', criterion: 'state', reason }]);
  });

  it('keep the one that they would replace', async () => {
    const entry = { name: '0.0.0.0_80', active_state: { listener: bound('0.0.0.0', 80) } };
    const proxy = await minimalProxy({
      listeners: [virtualOutbound()],
      otherListeners: [{ ...entry, error_state: { details: 'bad filter' } }],
    });
    expect(traceRequest(proxy, { ip: '10.3.0.1', port: 80, direction: 'outbound', ...TCP }).listener).toBe(
      '0.0.0.0_80',
    );
  });
});

describe('a gateway', () => {
  async function gateway(listeners: readonly Json[], port: number, ip = '10.0.0.2') {
    return traceRequest(await minimalProxy({ node: GATEWAY, listeners }), { ip, port, ...TCP });
  }

  it('takes what a listener is bound to', async () => {
    const result = await gateway([bound('0.0.0.0', 8080), bound('10.0.0.2', 8080)], 8080);
    expect(result.listener).toBe('10.0.0.2_8080');
  });

  it('says which ports and unix sockets there are', async () => {
    const pipe = { name: 'pipe', address: { pipe: { path: '/run/app.sock' } } };
    const { reason, steps, sentence } = await gateway([bound('0.0.0.0', 8080), pipe], 81);
    expect(reason).toBe('no_listener');
    expect(sentence).toContain('refused');
    expect(steps[0]?.details).toEqual(['ports with a listener: 8080', 'unix sockets with a listener: /run/app.sock']);
    expect(steps[0]?.candidates).toMatchObject([
      { name: '0.0.0.0_8080', criterion: 'port', reason: 'bound to 0.0.0.0:8080' },
    ]);
  });

  it.each([
    ['binds no port', { bind_to_port: false }, 'it binds no port'],
    ['binds no port (v2)', { deprecated_v1: { bind_to_port: false } }, 'it binds no port'],
    [
      'takes UDP',
      {
        address: { socket_address: { address: '0.0.0.0', port_value: 443, protocol: 'UDP' } },
        udp_listener_config: { quic_options: {} },
      },
      'it takes UDP (QUIC, for HTTP/3), not TCP',
    ],
  ])('refuses where the listener %s', async (_, more, reason) => {
    const result = await gateway([listener(443, [chain([tcp('a')])], more)], 443);
    expect(result.reason).toBe('no_listener');
    expect(result.steps[0]?.candidates[0]?.reason).toContain(reason);
  });
});
