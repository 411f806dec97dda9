import { describe, expect, it } from 'vitest';
import { explainStatus, type StatusReport } from '../../../src/compare/sync-state.js';
import { parseProxyStatus } from '../../../src/decode/proxy-status/parse.js';

/** A listing of one proxy from a row of states. */
function proxyOf(name: string, types: Record<string, string>, version = '1.20.8', cluster = true): StatusReport {
  const columns = {
    NAME: name,
    ...(cluster ? { CLUSTER: 'east' } : {}),
    ...types,
    ISTIOD: 'istiod-a',
    VERSION: version,
  };
  const cells = Object.entries(columns);
  const line = (of: (cell: [string, string]) => string) => cells.map(cell => of(cell).padEnd(60)).join('');
  return explainStatus(parseProxyStatus(`${line(([title]) => title)}\n${line(([, value]) => value)}\n`));
}

const SYNCED = { CDS: 'SYNCED', LDS: 'SYNCED', EDS: 'SYNCED', RDS: 'SYNCED' };
const SIDECAR = 'cart-v1-6f7d9c8b54-lq2vz.shop';
const GATEWAY = 'istio-ingressgateway-7d5b8c9f46-b2hwd.istio-system';

describe('a state', () => {
  it.each<[string, string, Record<string, string>, string, string, string, boolean, RegExp]>([
    [
      'RDS unsent to a gateway',
      GATEWAY,
      { RDS: 'NOT SENT' },
      '1.20.8',
      'not-sent',
      'info',
      true,
      /egress gateway that no VirtualService uses/,
    ],
    [
      'RDS unsent to a sidecar',
      SIDECAR,
      { RDS: 'NOT SENT' },
      '1.20.8',
      'not-sent',
      'warning',
      false,
      /Not usual for a sidecar/,
    ],
    [
      'RDS unsent since 1.23',
      GATEWAY,
      { RDS: 'NOT SENT' },
      '1.23.0',
      'not-sent',
      'warning',
      false,
      /has asked for RDS and istiod has not answered/,
    ],
    [
      'EDS unsent to a sidecar',
      SIDECAR,
      { EDS: 'NOT SENT' },
      '1.20.8',
      'not-sent',
      'warning',
      false,
      /no service is visible/,
    ],
    [
      'EDS unsent to a gateway',
      GATEWAY,
      { EDS: 'NOT SENT' },
      '1.20.8',
      'not-sent',
      'info',
      true,
      /forwards to no service/,
    ],
    ['ECDS unsent', SIDECAR, { ECDS: 'NOT SENT' }, '1.20.8', 'not-sent', 'info', true, /WasmPlugins/],
    ['SDS unsent since 1.23', GATEWAY, { SDS: 'NOT SENT' }, '1.26.1', 'not-sent', 'warning', false, /TLS listeners/],
    ['another type unsent', SIDECAR, { NDS: 'NOT SENT' }, '1.20.8', 'not-sent', 'info', true, /nothing of NDS/],
    [
      'nothing sent yet',
      SIDECAR,
      { CDS: 'NOT SENT', LDS: 'NOT SENT', EDS: 'NOT SENT', RDS: 'NOT SENT' },
      '1.20.8',
      'starting',
      'warning',
      false,
      /first seconds of a pod/,
    ],
    [
      'ERROR',
      SIDECAR,
      { LDS: 'ERROR (2m)' },
      '1.26.1',
      'rejected',
      'error',
      false,
      /Envoy rejected the last LDS update/,
    ],
    ['STALE', SIDECAR, { RDS: 'STALE' }, '1.20.8', 'stale', 'warning', false, /neither accepted nor rejected/],
    [
      'STALE for seconds',
      SIDECAR,
      { RDS: 'STALE (45s)' },
      '1.26.1',
      'stale',
      'warning',
      false,
      /neither accepted nor rejected/,
    ],
    [
      'STALE for a minute and more',
      SIDECAR,
      { RDS: 'STALE (75s)' },
      '1.26.1',
      'stale',
      'error',
      false,
      /that long ago/,
    ],
    ['STALE for hours', SIDECAR, { RDS: 'STALE (3h20m)' }, '1.26.1', 'stale', 'error', false, /that long ago/],
    [
      'never acknowledged',
      SIDECAR,
      { CDS: 'STALE (Never Acknowledged)' },
      '1.12.9',
      'stale',
      'error',
      false,
      /acknowledged none since it connected/,
    ],
    [
      'never acknowledged by the words of 1.1',
      SIDECAR,
      { CDS: 'STALE (Never Acknowledged)' },
      '1.1.6',
      'stale',
      'warning',
      false,
      /even where earlier updates were/,
    ],
    [
      'never acknowledged by mistake in 1.22',
      SIDECAR,
      { RDS: 'STALE (Never Acknowledged)' },
      '1.22.1',
      'stale',
      'warning',
      false,
      /issue 51612/,
    ],
    [
      'CDS ignored',
      SIDECAR,
      { CDS: 'IGNORED' },
      '1.26.1',
      'not-subscribed',
      'warning',
      false,
      /with which every Envoy begins/,
    ],
    [
      'RDS ignored by a sidecar',
      SIDECAR,
      { RDS: 'IGNORED' },
      '1.26.1',
      'not-subscribed',
      'warning',
      false,
      /Not usual for a sidecar/,
    ],
    [
      'EDS ignored by a gateway',
      GATEWAY,
      { EDS: 'IGNORED' },
      '1.26.1',
      'not-subscribed',
      'info',
      true,
      /forwards to no service/,
    ],
    [
      'RDS ignored by a waypoint',
      'waypoint-54bdb68ccd-npw9d.shop',
      { RDS: 'IGNORED' },
      '1.26.1',
      'not-subscribed',
      'info',
      true,
      /without HTTP routes/,
    ],
    ['ECDS ignored', SIDECAR, { ECDS: 'IGNORED' }, '1.26.1', 'not-subscribed', 'info', true, /istiod sends none/],
    [
      'an unknown word',
      SIDECAR,
      { RDS: 'DELAYED' },
      '1.40.1',
      'unknown-state',
      'warning',
      false,
      /does not know this state/,
    ],
    ['half of EDS', SIDECAR, { EDS: 'SYNCED (50%)' }, '1.1.6', 'eds-share', 'info', true, /does not grow to 100/],
  ])('%s', (_, name, types, version, code, severity, normal, text) => {
    const [first, ...others] = proxyOf(name, { ...SYNCED, ...types }, version).proxies[0]?.notes ?? [];
    expect(first).toMatchObject({ code, severity, normal });
    expect(first?.text).toMatch(text);
    expect(first?.text).toMatch(/normal|rejected|by mistake|know/i);
    expect(others).toEqual([]);
  });

  it.each(['SYNCED', 'SYNCED (100%)', 'SYNCED (39m)'])('%s needs no note', state => {
    expect(proxyOf(SIDECAR, { ...SYNCED, EDS: state }).worst).toBeNull();
  });

  it('of a proxy whose name is no name gets no commands', () => {
    const { proxies } = explainStatus(
      parseProxyStatus(JSON.stringify([{ proxy: '$(reboot).shop', cluster_sent: 'a' }])),
    );
    expect(proxies[0]?.notes.flatMap(({ commands }) => commands)).toEqual([]);
  });

  it('that Envoy rejected is told in Envoy’s words', () => {
    const resources = {
      'type.googleapis.com/envoy.config.listener.v3.Listener': {
        sent: 'b',
        acked: 'a',
        lastError: 'duplicate listener',
      },
    };
    const { proxies } = explainStatus(
      parseProxyStatus(JSON.stringify([{ proxy: SIDECAR, istio_version: '1.30.3', resources }])),
    );
    const rejected = proxies[0]?.notes.find(({ code }) => code === 'rejected');
    expect(rejected?.text).toMatch(/Envoy says: duplicate listener$/);
    expect(rejected?.commands).toContain(`mesh-trace diff ${SIDECAR}`);
  });
});
