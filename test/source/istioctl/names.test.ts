import { describe, expect, it } from 'vitest';
import {
  fetchPilotConfig,
  fetchProxy,
  fetchProxyStatus,
  type IstioctlOptions,
  listProxies,
  plannedCommands,
} from '../../../src/source/istioctl/index.js';
import { checkOptions, checkTarget, podName } from '../../../src/source/istioctl/names.js';
import { OWN, standIn } from './stand-in.js';

const options: IstioctlOptions = { env: {} };

const REFUSED_TARGETS = [
  '',
  '-h',
  '--context=other',
  '-n.shop',
  'web-1.shop.',
  '.shop',
  'web..shop',
  'Web.shop',
  'web_1.shop',
  'web 1.shop',
  'web-1.shop\n',
  'web-1.shop; rm -rf /',
  '$(id).shop',
  '*.shop',
  'web-.shop',
  'deploy/',
  '/web.shop',
  'deploy/web/x.shop',
  'pod/-web.shop',
  '-x/web.shop',
  'Deploy/web.shop',
  '\u202eweb.shop',
  'a'.repeat(400),
];

describe('a target', () => {
  it.each([
    'web-1.shop',
    'web-1',
    'deploy/web.shop',
    'deployment/web',
    'deployments.apps/web.shop',
    'svc/cart.shop',
    'pod/web-1.shop',
    'istio-security-post-install-1.1.6-bm9w2.istio-system',
    'cart.shop.svc.cluster.local',
  ])('%j is accepted', target => {
    expect(() => checkTarget(target, options)).not.toThrow();
  });

  it.each(REFUSED_TARGETS)('%j is refused', target => {
    expect(() => checkTarget(target, options)).toThrow(
      expect.objectContaining({ kind: 'invalid-name', short: expect.stringContaining(JSON.stringify(target)) }),
    );
  });

  it.each([
    ['web-1.shop', undefined, { pod: 'web-1', namespace: 'shop' }],
    ['web-1', 'shop', { pod: 'web-1', namespace: 'shop' }],
    ['web-1.shop', 'other', { pod: 'web-1', namespace: 'shop' }],
    ['a.b.shop', undefined, { pod: 'a.b', namespace: 'shop' }],
    ['web-1', undefined, null],
    ['deploy/web.shop', undefined, null],
  ])('%j in namespace %j names %j', (target, namespace, name) => {
    expect(podName(target, { env: {}, namespace })).toEqual(name);
  });
});

describe('an option', () => {
  it.each([
    { namespace: '-n' },
    { namespace: 'a.b' },
    { namespace: '' },
    { istioNamespace: '--all' },
    { revision: '-r' },
    { context: '--kubeconfig' },
    { context: '' },
    { context: 'a\nb' },
    { kubeconfig: '-c' },
    { kubeconfig: '/a\u0000b' },
    { as: '-jane' },
    { asGroup: ['ops', '--as'] },
    { proxyAdminPort: 0 },
    { proxyAdminPort: 65_536 },
    { proxyAdminPort: 1.5 },
    { proxyAdminPort: Number.NaN },
  ])('%j is refused', given => {
    expect(() => checkOptions({ ...options, ...given })).toThrow(expect.objectContaining({ kind: 'invalid-name' }));
  });

  it.each([
    { namespace: 'shop' },
    { istioNamespace: 'istio-system' },
    { revision: '1-30-3' },
    { context: 'arn:aws:eks:eu-west-1:1234:cluster/prod' },
    { context: 'kind of odd; name' },
    { kubeconfig: 'some file' },
    { as: 'system:serviceaccount:shop:web' },
    { asGroup: ['system:masters'] },
    { proxyAdminPort: 15000 },
  ])('%j is accepted', given => {
    expect(() => checkOptions({ ...options, ...given })).not.toThrow();
  });
});

describe('nothing runs', () => {
  it.each<[string, (o: IstioctlOptions) => Promise<unknown>]>([
    ['fetchProxy with an option for a target', o => fetchProxy('--help', o)],
    ['fetchProxy with an option for a namespace', o => fetchProxy('web-1', { ...o, namespace: '-A' })],
    ['fetchProxyStatus', o => fetchProxyStatus('--help', o)],
    ['fetchPilotConfig', o => fetchPilotConfig('--help', o)],
    ['listProxies', o => listProxies({ ...o, context: '-x' })],
    ['plannedCommands', async o => plannedCommands({ targets: ['--help'] }, o)],
  ])('in %s', async (_, call) => {
    const options = standIn(OWN.modern);
    await expect(call(options)).rejects.toMatchObject({ kind: 'invalid-name' });
    expect(options.calls()).toEqual([]);
  });
});
