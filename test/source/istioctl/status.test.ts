import { describe, expect, it } from 'vitest';
import { fetchProxyStatus, fetchProxyStatusDiff, listProxies } from '../../../src/source/istioctl/index.js';
import { OWN, standIn } from './stand-in.js';

const ALL = ['cart-v1-7d9f-abcde.shop', 'web-1.shop', 'web-gateway-5f.edge'];

describe('proxy-status', () => {
  it('is asked for JSON: one document an istiod', async () => {
    const status = await fetchProxyStatus(null, standIn(OWN.modern));
    expect(status.name).toBe('istioctl proxy-status -o json');
    expect(status.bytes.toString().match(/"controlPlane"/g)).toHaveLength(2);
  });

  it('is limited to the namespace of a target', async () => {
    const options = standIn(OWN.modern);
    expect((await fetchProxyStatus('web-1.shop', options)).name).toBe('istioctl proxy-status -o json -n shop');
    expect(options.calls().at(-1)?.argv).toEqual(['proxy-status', '-o', 'json', '-n', 'shop']);
  });

  it('is the verbose table where there is no JSON, from its header on', async () => {
    const status = await fetchProxyStatus(null, standIn(OWN.modern, { replay: '-o=status-no-json' }));
    expect(status.name).toBe('istioctl proxy-status -v 1');
    expect(status.bytes.toString()).toMatch(/^NAME +CLUSTER/);
  });

  it('of 1.1 is the table, without a try at JSON', async () => {
    const options = standIn(OWN.old);
    const status = await fetchProxyStatus(null, options);
    expect(status.bytes.toString()).toMatch(/^NAME +CDS/);
    expect(options.calls().map(({ argv }) => argv[0])).toEqual(['version', 'proxy-status']);
  });

  it('takes the revision', async () => {
    const options = { ...standIn(OWN.modern, { replay: 'status' }), revision: 'canary' };
    expect((await fetchProxyStatus(null, options)).command.slice(-2)).toEqual(['--revision', 'canary']);
  });

  it('hands a longer timeout on, also for istiod', async () => {
    const options = { ...standIn(OWN.modern, { replay: 'status' }), timeoutMs: 90_000 };
    const { command } = await fetchProxyStatus(null, options);
    expect(command.slice(-4)).toEqual(['--kubeclient-timeout', '90s', '--timeout', '90s']);
    const old = { ...standIn(OWN.old), timeoutMs: 90_000 };
    expect((await fetchProxyStatus(null, old)).command).toHaveLength(2);
  });

  it('of one proxy is asked with Envoy’s admin port', async () => {
    const options = { ...standIn(OWN.modern, { replay: 'status' }), proxyAdminPort: 15001 };
    const { command } = await fetchProxyStatusDiff('web-1.shop', options);
    expect(command.slice(1)).toEqual(['proxy-status', 'web-1.shop', '--proxy-admin-port', '15001']);
  });
});

describe('the list of proxies', () => {
  it.each([
    ['JSON', standIn(OWN.modern), ALL],
    ['JSON of one namespace', { ...standIn(OWN.modern), namespace: 'shop' }, ALL.slice(0, 2)],
    ['JSON without resources', standIn(OWN.modern, { replay: 'status-null' }), []],
    ['a table', standIn(OWN.old), ['web-2.shop', 'web-gateway-5f.edge']],
  ])('is read from %s', async (_, options, names) => {
    expect(await listProxies(options)).toEqual(names);
  });

  it('of one namespace holds no other, though 1.1 cannot limit it', async () => {
    const options = { ...standIn(OWN.old, { replay: 'status' }), namespace: 'edge' };
    expect(await listProxies(options)).toEqual(['web-gateway-5f.edge']);
  });

  it('fails when it cannot be had', async () => {
    const options = standIn(OWN.modern, { replay: 'status-forbidden' });
    await expect(listProxies(options)).rejects.toMatchObject({ kind: 'forbidden' });
  });
});
