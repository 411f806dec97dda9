import { describe, expect, it } from 'vitest';
import { nodeAddresses, nodeName, readNode } from '../../src/model/node.js';
import { View } from '../../src/model/view.js';

const read = (node: Record<string, unknown>) => readNode(new View(node, ''));

describe('readNode', () => {
  it.each([
    [
      'a sidecar',
      'sidecar~10.0.0.1~web-1.shop~shop.svc.cluster.local',
      { type: 'sidecar', ip: '10.0.0.1', pod: 'web-1', namespace: 'shop', dnsDomain: 'shop.svc.cluster.local' },
    ],
    [
      'a gateway',
      'router~fd00::2~gw-1.edge~edge.svc.cluster.local',
      { type: 'router', ip: 'fd00::2', pod: 'gw-1', namespace: 'edge' },
    ],
    ['the gateway of Istio 1.0', 'ingress~10.0.0.2~gw-1.edge~x', { type: 'router' }],
    ['a waypoint', 'waypoint~10.0.0.3~wp-1.shop~x', { type: 'waypoint' }],
    ['a type nobody knows', 'agent~10.0.0.3~a.b~x', { type: 'unknown', pod: 'a', namespace: 'b' }],
    ['a name with a dot in the pod', 'sidecar~10.0.0.1~web.1.shop~x', { pod: 'web.1', namespace: 'shop' }],
    [
      'an Envoy without Istio',
      'front-proxy',
      { type: 'unknown', ip: null, pod: null, namespace: null, dnsDomain: null },
    ],
  ])('%s', (_, id, expected) => {
    expect(read({ id })).toMatchObject({ id, ...expected });
  });

  it('takes pod and namespace of a foreign id from the metadata', () => {
    const node = read({ id: 'x', metadata: { POD_NAME: 'web-1', NAMESPACE: 'shop' } });
    expect(node && nodeName(node)).toBe('web-1.shop');
  });

  it.each([
    ['v3', { user_agent_build_version: { version: { major_number: 1, minor_number: 38, patch: 1 } } }, '1.38.1'],
    ['v3 in camelCase', { userAgentBuildVersion: { version: { majorNumber: 1, minorNumber: 38 } } }, '1.38.0'],
    ['v2', { build_version: '0f1b2c/1.11.0-dev/Clean/RELEASE/BoringSSL' }, '1.11.0'],
    ['a commit alone', { build_version: '0f1b2c/Clean/RELEASE' }, null],
  ])('Envoy’s version of %s', (_, fields, version) => {
    expect(read({ id: 'x', ...fields })?.envoyVersion).toBe(version);
  });

  it('is none without an id', () => {
    expect(read({ metadata: {} })).toBeNull();
    expect(readNode(undefined)).toBeNull();
  });
});

describe('nodeAddresses', () => {
  it.each([
    [{}, ['10.0.0.1']],
    [{ INSTANCE_IPS: '10.0.0.1,fd00::1' }, ['10.0.0.1', 'fd00::1']],
    [{ ISTIO_META_INSTANCE_IPS: '10.0.0.1, 10.1.0.1' }, ['10.0.0.1', '10.1.0.1']],
  ])('%j', (metadata, addresses) => {
    const node = read({ id: 'sidecar~10.0.0.1~web-1.shop~x', metadata });
    expect(node && nodeAddresses(node)).toEqual(addresses);
  });
});
