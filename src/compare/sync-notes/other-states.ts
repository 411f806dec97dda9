import type { ListedProxy } from '../../decode/proxy-status/status.js';
import { note, type SyncNote } from './note.js';
import { typesIn } from './proxy.js';

/**
 * `SYNCED (50%)`: Istio 1.0 and 1.1 count how many of the EDS clusters that Pilot knows a proxy asks for
 * (EndpointPercent in pilot/pkg/proxy/envoy/v2/ads.go).
 */
export function shareNotes(proxy: ListedProxy): SyncNote[] {
  return typesIn(proxy, 'SYNCED')
    .filter(([, { percent }]) => percent !== undefined && percent < 100)
    .map(([type, { percent }]) =>
      note({
        code: 'eds-share',
        severity: 'info',
        types: [type],
        title: `${type} is SYNCED at ${percent}%`,
        text:
          'Of all clusters with endpoints that Pilot knows, the proxy asks for this share. Normal: it needs only those of ' +
          'its own configuration, and the number does not grow to 100.',
      }),
    );
}

/** Types in a state that this version does not know. */
export function unknownStateNotes(proxy: ListedProxy): SyncNote[] {
  return typesIn(proxy, 'UNKNOWN').map(([type, { remark }]) =>
    note({
      code: 'unknown-state',
      severity: 'warning',
      types: [type],
      title: `${type} is ${remark ?? 'in an unknown state'}`,
      text: 'mesh-trace does not know this state. The istioctl that printed it may be newer.',
      remedy: 'Look it up in the documentation of that istioctl.',
    }),
  );
}
