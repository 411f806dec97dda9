import type { ProxyStatus } from '../../decode/proxy-status/status.js';
import type { Io } from '../io.js';
import type { SourceOptions } from '../options.js';
import { listingAmong, liveStatus } from '../status-sources.js';

/** istiod’s listing of its proxies beside the configuration, where there is one. */
export interface StatusBeside {
  readonly status: ProxyStatus | null;
  readonly warnings: readonly string[];
}

/** Live it is asked for; that it cannot be had does not stop a check. Saved files are searched for one. */
export async function statusBeside(options: SourceOptions, io: Io): Promise<StatusBeside> {
  if (options.file !== undefined) return { status: await listingAmong(options.file, options, io), warnings: [] };
  try {
    return await liveStatus(null, { ...options, namespace: undefined }, io);
  } catch (error) {
    if (!(error instanceof Error) || io.signal.aborted) throw error;
    return { status: null, warnings: [`the listing of proxies is left out: ${error.message}`] };
  }
}
