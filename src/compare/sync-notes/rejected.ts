import type { ListedProxy } from '../../decode/proxy-status/status.js';
import { note, type SyncNote } from './note.js';
import { diffCommands, logCommands, typesIn } from './proxy.js';

/** ERROR: Envoy answered the last update with a NACK (errorState in Istio's `genericXdsConfigs`, since 1.24). */
export function rejectedNotes(proxy: ListedProxy): SyncNote[] {
  return typesIn(proxy, 'ERROR').map(([type, { error }]) =>
    note({
      code: 'rejected',
      severity: 'error',
      types: [type],
      title: `${type} is in ERROR`,
      text:
        `Envoy rejected the last ${type} update and goes on with the one before it. Not normal: nothing new of ${type} ` +
        `reaches this proxy until it is mended.${error === undefined ? '' : ` Envoy says: ${error}`}`,
      remedy:
        error === undefined
          ? 'Read Envoy’s reason, then correct or undo the change that caused it, often an EnvoyFilter.'
          : 'Correct or undo the change that Envoy’s words point at, often an EnvoyFilter.',
      commands: [...logCommands(proxy.name, 'rejected'), ...diffCommands(proxy.name)],
    }),
  );
}
