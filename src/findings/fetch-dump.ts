import type { ProxyConfig } from '../model/proxy.js';
import { quote } from '../trace/evidence.js';

/** The command, in code marks, that saves all that a proxy runs, endpoints with it: one for the user to fill in where nothing tells whose dump it is. */
export function fetchDump(proxy: ProxyConfig): string {
  const name = proxy.isPodKnown ? quote(proxy.name) : 'POD.NAMESPACE';
  return `\`istioctl proxy-config all ${name} -o json > config_dump.json\``;
}
