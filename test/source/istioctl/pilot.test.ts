import { describe, expect, it } from 'vitest';
import { fetchPilotConfig } from '../../../src/source/istioctl/index.js';
import { OWN, standIn } from './stand-in.js';

describe("Pilot's side", () => {
  it('is asked through the debug page of istiod', async () => {
    const document = await fetchPilotConfig('web-1.shop', standIn(OWN.modern));
    expect(document?.name).toBe("istioctl experimental internal-debug 'config_dump?proxyID=web-1.shop'");
    expect(document?.bytes.toString()).toBe('{\n  "configs": []\n}\n');
  });

  it.each([
    ['of 1.1', 'web-1.shop', standIn(OWN.old)],
    ['of a target that names no pod', 'deploy/web.shop', standIn(OWN.modern)],
    ['of a pod without a namespace', 'web-1', standIn(OWN.modern)],
    ['of a proxy that istiod does not know', 'web-1.shop', standIn(OWN.modern, { replay: 'pilot-unknown' })],
  ])('%s is null', async (_, target, options) => {
    expect(await fetchPilotConfig(target, options)).toBeNull();
  });

  it.each([
    ['as text, as istioctl wrote it until 1.25', 'ha-1.shop'],
    ['as JSON', 'ha-2.shop'],
  ])('is taken from the istiod that serves the proxy, where the one that was asked does not, %s', async (_, target) => {
    const document = await fetchPilotConfig(target, standIn(OWN.modern, { replay: 'version-1.22' }));
    expect(document?.name).toBe(`istioctl experimental internal-debug 'config_dump?proxyID=${target}' --all`);
    expect(JSON.parse(document?.bytes.toString() ?? '')).toEqual({ configs: [{ version_info: '1' }] });
  });

  it('is null where none of all serves the proxy, and where an istioctl asks each by itself', async () => {
    const old = standIn(OWN.modern, { replay: 'version-1.22' });
    expect(await fetchPilotConfig('ha-3.shop', old)).toBeNull();
    expect(old.calls().at(-1)?.argv).toContain('--all');
    const modern = standIn(OWN.modern);
    expect(await fetchPilotConfig('ha-1.shop', modern)).toBeNull();
    expect(modern.calls()).toHaveLength(2);
  });

  it('takes the namespace of the options and the revision', async () => {
    const options = { ...standIn(OWN.modern, { replay: 'pilot' }), namespace: 'shop', revision: 'canary' };
    expect((await fetchPilotConfig('web-1', options))?.command.slice(1)).toEqual([
      'experimental',
      'internal-debug',
      'config_dump?proxyID=web-1.shop',
      '--revision',
      'canary',
      '-n',
      'shop',
    ]);
  });

  it('fails with its cause otherwise', async () => {
    const options = standIn(OWN.modern, { replay: 'pilot-forbidden' });
    await expect(fetchPilotConfig('web-1.shop', options)).rejects.toMatchObject({
      kind: 'forbidden',
      command: expect.stringMatching(/ experimental internal-debug 'config_dump\?proxyID=web-1\.shop'$/),
    });
  });
});
