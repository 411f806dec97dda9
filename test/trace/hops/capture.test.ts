import { describe, expect, it } from 'vitest';
import type { TraceRequest } from '../../../src/trace/request.js';
import { traceRequest } from '../../../src/trace/trace.js';
import { address, chain, listener, staticCluster, tcp, virtualOutbound } from '../../support/messages.js';
import { type Json, type MinimalParts, minimalProxy } from '../../support/minimal-proxy.js';

const PREFIX = 'traffic.sidecar.istio.io/';

async function captured(metadata: Json, request: { ip?: string; port: number; direction?: 'inbound' | 'outbound' }) {
  const proxy = await minimalProxy({
    node: { metadata },
    listeners: [
      virtualOutbound(),
      listener(15006, [chain([tcp('InboundPassthroughCluster')])], { name: 'virtualInbound' }),
    ],
  });
  const result = traceRequest(proxy, { ip: '192.0.2.7', direction: 'outbound', protocol: 'tcp', ...request });
  return { result, step: result.steps[0] };
}

describe('what iptables brings to Envoy', () => {
  it.each<[string, Json, Parameters<typeof captured>[1], string | null]>([
    ['no annotation, outbound', {}, { port: 80 }, null],
    ['no annotation, inbound', {}, { port: 80, direction: 'inbound' }, null],
    ['a port left out', { excludeOutboundPorts: '80, 443' }, { port: 443 }, 'excludes port 443'],
    ['another port left out', { excludeOutboundPorts: '80,443' }, { port: 444 }, null],
    ['a range left out', { excludeOutboundIPRanges: '192.0.2.0/24' }, { port: 80 }, 'excludes 192.0.2.7'],
    ['ranges that hold it', { includeOutboundIPRanges: '10.0.0.0/8,192.0.2.0/24' }, { port: 80 }, null],
    ['ranges that do not hold it', { includeOutboundIPRanges: '10.0.0.0/8' }, { port: 80 }, 'does not hold 192.0.2.7'],
    ['no range at all', { includeOutboundIPRanges: '' }, { port: 80 }, 'does not hold 192.0.2.7'],
    [
      'a port taken whatever its address',
      { includeOutboundIPRanges: '', includeOutboundPorts: '80' },
      { port: 80 },
      null,
    ],
    ['left out before taken', { excludeOutboundIPRanges: '*', includeOutboundPorts: '80' }, { port: 80 }, 'excludes'],
    [
      'an IPv6 range',
      { excludeOutboundIPRanges: '2001:db8::/32' },
      { ip: '2001:db8::1', port: 80 },
      'excludes 2001:db8::1',
    ],
    [
      'an inbound port left out',
      { excludeInboundPorts: '9000-9005' },
      { port: 9003, direction: 'inbound' },
      'excludes port 9003',
    ],
    ['inbound ports that name it', { includeInboundPorts: '8080' }, { port: 8080, direction: 'inbound' }, null],
    [
      'inbound ports that do not',
      { includeInboundPorts: '8080' },
      { port: 80, direction: 'inbound' },
      'does not name port 80',
    ],
    [
      'inbound ports left out count with * only',
      { includeInboundPorts: '80', excludeInboundPorts: '80' },
      { port: 80, direction: 'inbound' },
      null,
    ],
  ])('%s', async (_, annotations, request, why) => {
    const ANNOTATIONS = Object.fromEntries(Object.entries(annotations).map(([name, value]) => [PREFIX + name, value]));
    const { result, step } = await captured({ ANNOTATIONS }, request);
    expect(step?.hop).toBe('capture');
    expect(step?.status).toBe(why === null ? 'matched' : 'rejected');
    if (why !== null) expect(step?.why).toContain(why);
    expect(result.outcome).toBe('passthrough');
    expect(result.listener === null).toBe(why !== null);
  });

  it('goes to the socket of a Sidecar’s listener in interception mode NONE', async () => {
    const own = listener(9090, [chain([tcp('c')])], { name: 'egress', address: address('127.0.0.1', 9090) });
    const proxy = await minimalProxy({
      node: { metadata: { INTERCEPTION_MODE: 'NONE' } },
      listeners: [own],
      clusters: [staticCluster('c', ['192.0.2.1:1'])],
    });
    const at = (ip: string) => traceRequest(proxy, { ip, port: 9090, direction: 'outbound', protocol: 'tcp' });
    expect(at('127.0.0.1')).toMatchObject({ listener: 'egress', outcome: 'forwarded' });
    expect(at('192.0.2.7')).toMatchObject({ listener: null, outcome: 'passthrough' });
  });

  it('leaves everything alone in interception mode NONE', async () => {
    const { result, step } = await captured({ INTERCEPTION_MODE: 'NONE' }, { port: 80 });
    expect(step?.why).toContain('interception mode NONE');
    expect(step?.evidence).toMatchObject([{ kind: 'bootstrap', pointer: expect.stringMatching(/\/node\/metadata$/) }]);
    expect(result.sentence).toBe(
      'Passed through without Envoy: interception mode NONE: nothing redirects traffic to Envoy.',
    );
  });

  it('says what TPROXY keeps', async () => {
    const { step } = await captured({ INTERCEPTION_MODE: 'TPROXY' }, { port: 80 });
    expect(step?.details.join()).toContain('TPROXY');
  });
});

describe('a socket of Envoy’s own', () => {
  const METADATA = { ENVOY_STATUS_PORT: 15021, PROXY_CONFIG: { statusPort: 15020 } };
  const own = () =>
    minimalProxy({
      node: { metadata: METADATA },
      listeners: [
        virtualOutbound(),
        listener(15006, [], { name: 'virtualInbound' }),
        listener(15021, [chain([tcp('agent')])], { name: 'status' }),
        listener(15020, [chain([tcp('agent')])], { bind_to_port: false }),
      ],
      clusters: [staticCluster('agent', ['127.0.0.1:1'])],
    });

  it.each<[string, TraceRequest, string | null, string]>([
    ['the readiness port', { ip: '10.0.0.1', port: 15021, direction: 'inbound' }, 'status', 'forwarded'],
    ['the agent’s port', { ip: '10.0.0.1', port: 15020, direction: 'inbound' }, null, 'passthrough'],
    ['another port', { ip: '10.0.0.1', port: 8081, direction: 'inbound' }, 'virtualInbound', 'closed'],
  ])('%s', async (_, request, name, outcome) => {
    const result = traceRequest(await own(), { protocol: 'tcp', ...request });
    expect(result).toMatchObject({ listener: name, outcome });
  });
});

describe('the listener that gets the connection', () => {
  it('is 15001 for inbound too, where there is no 15006 (Istio 1.1)', async () => {
    const proxy = await minimalProxy({ listeners: [virtualOutbound()] });
    const { steps } = traceRequest(proxy, { ip: '10.0.0.1', port: 9080, direction: 'inbound', protocol: 'tcp' });
    expect(steps[0]).toMatchObject({ hop: 'capture', status: 'matched', name: 'virtualOutbound' });
  });

  it.each([
    ['::', '2001:db8::1'],
    ['0.0.0.0', '192.0.2.7'],
  ])('%s takes %s', async (bound, ip) => {
    const listeners = ['0.0.0.0', '::'].map(address => ({
      ...virtualOutbound(),
      name: `outbound ${address}`,
      address: { socket_address: { address, port_value: 15001 } },
    }));
    const proxy = await minimalProxy({ listeners });
    expect(traceRequest(proxy, { ip, port: 80, direction: 'outbound', protocol: 'tcp' }).listener).toBe(
      `outbound ${bound}`,
    );
  });

  it.each<[string, MinimalParts, string, string]>([
    ['no listener is there', {}, 'closed', 'no_listener'],
    ['the section is missing', { listeners: null }, 'undetermined', 'missing_evidence'],
  ])('%s', async (_, parts, outcome, reason) => {
    const result = traceRequest(await minimalProxy(parts), { ip: '192.0.2.7', port: 80, direction: 'outbound' });
    expect(result).toMatchObject({ outcome, reason });
  });

  it('names one that is still warming', async () => {
    const warming = { name: 'virtualOutbound', warming_state: { listener: virtualOutbound() } };
    const proxy = await minimalProxy({ otherListeners: [warming] });
    const { reason, steps } = traceRequest(proxy, { ip: '192.0.2.7', port: 80, direction: 'outbound' });
    expect(reason).toBe('no_listener');
    expect(steps[0]?.candidates).toMatchObject([{ name: 'virtualOutbound', criterion: 'state' }]);
  });
});
