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
