import { oncePer } from '../model/once.js';
import type { ProxyConfig } from '../model/proxy.js';

export interface FindingSettings {
  /** Reference time, RFC 3339; the newest `last_updated` of each proxy’s documents unless given. */
  readonly now?: string | undefined;
}

/** The reference time in milliseconds since 1970; null where nothing tells one. */
export function timeOf(proxy: ProxyConfig, { now }: FindingSettings): number | null {
  return now === undefined ? newestOf(proxy) : millisecondsOf(now);
}

const newestOf = oncePer((proxy: ProxyConfig) => millisecondsOf(proxy.newestUpdate));

function millisecondsOf(text: string | null): number | null {
  const time = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? null : time;
}
