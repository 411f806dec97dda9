import { kindOf } from '../../compare/sync-notes/proxy.js';
import type { ProxyStatus } from '../../decode/proxy-status/status.js';
import { UsageError } from '../fail.js';
import type { Io } from '../io.js';
import type { SourceOptions } from '../options.js';
import { liveStatus } from '../status-sources.js';

/** istiod’s listing of its proxies beside the configuration, where there is one. */
export interface StatusBeside {
  readonly status: ProxyStatus | null;
  readonly warnings: readonly string[];
}

/**
 * Asks for it where configuration is live: saved files hold one or none. That it cannot be had stops a check only where the listing alone
 * tells whom to check. Throws IstioctlError.
 */
export async function statusBeside(options: SourceOptions, names: readonly string[], io: Io): Promise<StatusBeside> {
  if (options.file !== undefined) return { status: null, warnings: [] };
  try {
    return await liveStatus(null, { ...options, namespace: undefined }, io);
  } catch (error) {
    if (!(error instanceof Error) || io.signal.aborted || names.length === 0) throw error;
    return { status: null, warnings: [`the listing of proxies is left out: ${error.message}`] };
  }
}

/** Whose configuration to read: those that are named, else, live, all that the listing has, or those of the namespace that is given. */
export function targetsOf(
  names: readonly string[],
  status: ProxyStatus | null,
  { file, namespace }: SourceOptions,
): readonly string[] {
  if (names.length > 0 || file !== undefined) return names;
  const listed = (status?.proxies ?? []).filter(proxy => kindOf(proxy) !== 'ztunnel').map(({ name }) => name);
  const wanted = listed.filter(name => namespace === undefined || name.endsWith(`.${namespace}`));
  if (wanted.length > 0) return [...new Set(wanted)].sort();
  throw new UsageError(
    `istiod lists no proxy${namespace === undefined ? '' : ` in namespace ${namespace}`}`,
    'See mesh-trace status, name the pods themselves, or give a saved snapshot with -f.',
  );
}
