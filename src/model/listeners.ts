import { type Address, addressOf } from './address.js';
import type { ProxyConfig } from './proxy.js';
import type { Resource } from './resource.js';

/** A serving listener and one address that it is bound to. */
export interface BoundListener {
  readonly listener: Resource;
  readonly address: Extract<Address, { kind: 'socket' }>;
}

const indexes = new WeakMap<ProxyConfig, Map<number, BoundListener[]>>();

/** The serving TCP listeners bound to a port, by any of their addresses, in document order. Only their addresses are parsed. */
export function listenersOnPort(proxy: ProxyConfig, port: number): readonly BoundListener[] {
  return portIndex(proxy).get(port) ?? [];
}

/** Every port that a serving TCP listener is bound to, ascending. */
export function boundPorts(proxy: ProxyConfig): number[] {
  return [...portIndex(proxy).keys()].sort((a, b) => a - b);
}

function portIndex(proxy: ProxyConfig): Map<number, BoundListener[]> {
  const known = indexes.get(proxy);
  if (known !== undefined) return known;
  const index = new Map<number, BoundListener[]>();
  for (const listener of proxy.active('listener')) {
    for (const view of listener.addresses) {
      const address = addressOf(view);
      if (address?.kind !== 'socket' || address.isUdp) continue;
      const same = index.get(address.port);
      if (same === undefined) index.set(address.port, [{ listener, address }]);
      else same.push({ listener, address });
    }
  }
  indexes.set(proxy, index);
  return index;
}
