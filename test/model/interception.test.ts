import { describe, expect, it } from 'vitest';
import { type Captured, notCaptured } from '../../src/model/interception.js';
import { readNode } from '../../src/model/node.js';
import { View } from '../../src/model/view.js';

/** Enough for ranges that end at a dot: how addresses are compared is told elsewhere. */
const contains = (cidr: string, ip: string) => cidr !== '' && ip.startsWith(cidr.replace(/0\/\d+$/, ''));

const out = (ip: string | null, port: number): Captured => ({ direction: 'outbound', ip, port });
const into = (port: number): Captured => ({ direction: 'inbound', ip: '10.0.0.1', port });

function why(annotations: Record<string, string>, connection: Captured): string | null {
  const named = Object.entries(annotations).map(([name, value]) => [`traffic.sidecar.istio.io/${name}`, value]);
  const node = readNode(
    new View({ id: 'sidecar~10.0.0.1~a.b~x', metadata: { ANNOTATIONS: Object.fromEntries(named) } }, ''),
  );
  return notCaptured(node, connection, contains);
}

describe('annotations of traffic.sidecar.istio.io', () => {
  it.each<[annotations: Record<string, string>, connection: Captured, annotation: string | null]>([
    [{}, out('10.1.2.3', 80), null],
    [{ excludeOutboundPorts: '443,3306' }, out('10.1.2.3', 3306), 'excludeOutboundPorts'],
    [{ excludeOutboundPorts: '443, 3000-3010' }, out('10.1.2.3', 3005), 'excludeOutboundPorts'],
    [{ excludeOutboundPorts: '443' }, out('10.1.2.3', 80), null],
    [{ excludeOutboundIPRanges: '10.1.2.0/24' }, out('10.1.2.3', 80), 'excludeOutboundIPRanges'],
    [{ excludeOutboundIPRanges: '10.1.2.0/24' }, out(null, 80), null],
    [{ includeOutboundIPRanges: '10.1.2.0/24' }, out('10.1.2.3', 80), null],
    [{ includeOutboundIPRanges: '10.1.2.0/24' }, out('10.9.2.3', 80), 'includeOutboundIPRanges'],
    [{ includeOutboundIPRanges: '*' }, out('10.9.2.3', 80), null],
    [{ includeOutboundIPRanges: '' }, out('10.9.2.3', 80), 'includeOutboundIPRanges'],
    [{ includeOutboundIPRanges: '', includeOutboundPorts: '80' }, out('10.9.2.3', 80), null],
    [
      { includeOutboundPorts: '80', excludeOutboundIPRanges: '10.9.2.0/24' },
      out('10.9.2.3', 80),
      'excludeOutboundIPRanges',
    ],
    [{ excludeInboundPorts: '9090' }, into(9090), 'excludeInboundPorts'],
    [{ excludeInboundPorts: '9090' }, into(80), null],
    [{ includeInboundPorts: '*', excludeInboundPorts: '9090' }, into(9090), 'excludeInboundPorts'],
    [{ includeInboundPorts: '80', excludeInboundPorts: '80' }, into(80), null],
    [{ includeInboundPorts: '80' }, into(9090), 'includeInboundPorts'],
    [{ includeInboundPorts: '' }, into(9090), 'includeInboundPorts'],
  ])('%j, %j: %s', (annotations, connection, annotation) => {
    const found = why(annotations, connection);
    if (annotation === null) expect(found).toBeNull();
    else expect(found).toContain(`annotation ${annotation} `);
  });
});

describe('what Istio leaves out by itself', () => {
  const metadata = { ENVOY_STATUS_PORT: 15021, ENVOY_PROMETHEUS_PORT: 15090, PROXY_CONFIG: { statusPort: 15020 } };

  it.each<[connection: Captured, annotations: Record<string, string>, expected: string | null]>([
    [into(15021), {}, 'Istio keeps port 15021 for itself and leaves it out'],
    [into(15090), {}, 'Istio keeps port 15090 for itself and leaves it out'],
    [into(15020), { excludeInboundPorts: '80' }, 'Istio keeps port 15020 for itself and leaves it out'],
    [into(8080), {}, null],
    // Only where every port is included the ones that are left out count.
    [into(15021), { includeInboundPorts: '15021' }, null],
    [out('10.9.9.9', 15021), {}, null],
  ])('%j, %j: %s', (connection, annotations, expected) => {
    const named = Object.entries(annotations).map(([name, value]) => [`traffic.sidecar.istio.io/${name}`, value]);
    const node = readNode(new View({ id: 'x', metadata: { ...metadata, ANNOTATIONS: Object.fromEntries(named) } }, ''));
    expect(notCaptured(node, connection, contains)).toBe(expected);
  });
});

describe('interception mode', () => {
  it.each([
    ['NONE', 'interception mode NONE: nothing redirects traffic to Envoy'],
    ['TPROXY', null],
    ['REDIRECT', null],
  ])('%s', (INTERCEPTION_MODE, expected) => {
    const node = readNode(new View({ id: 'x', metadata: { INTERCEPTION_MODE } }, ''));
    expect(notCaptured(node, out('10.1.2.3', 80), contains)).toBe(expected);
  });
});
