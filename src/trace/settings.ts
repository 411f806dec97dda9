import type { ProxyConfig } from '../model/proxy.js';
import type { Workload } from '../model/workload.js';

/** What holds for a trace beside the request. */
export interface TraceSettings {
  /** Reference time for expiry, RFC 3339; the newest `last_updated` of the documents unless given. */
  readonly now?: string;
  /** All proxies at hand: the trace goes on inside the receiving one. Without them it ends at the endpoints. */
  readonly proxies?: readonly ProxyConfig[];
  /** Workloads by IP, from a ztunnel's dump: they name both ends where no proxy does. */
  readonly workloads?: ReadonlyMap<string, Workload>;
  /** The receiving proxy, where the addresses do not tell. */
  readonly peer?: ProxyConfig;
  /** The cluster that the request is known to have gone to: branches to others are not followed. Without a branch to it all are. */
  readonly cluster?: string;
  /** Proxies that the request has passed, for loops. */
  readonly passed?: readonly string[];
}
