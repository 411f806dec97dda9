import { type Address, addressOf } from './address.js';
import { oncePer } from './once.js';
import type { ProxyConfig } from './proxy.js';
import type { Resource } from './resource.js';

/** A serving listener and one address that it is bound to. */
export interface BoundListener {
  readonly listener: Resource;
  readonly address: Extract<Address, { kind: 'socket' }>;
}

/** The serving listeners of one port. */
interface OnPort {
  readonly tcp: BoundListener[];
  readonly udp: BoundListener[];
}

/** The serving TCP listeners bound to a port, by any of their addresses, in document order. Only their addresses are parsed. */
export function listenersOnPort(proxy: ProxyConfig, port: number): readonly BoundListener[] {
  return portIndex(proxy).get(port)?.tcp ?? [];
}

/** The serving UDP listeners bound to a port. */
export function udpListenersOnPort(proxy: ProxyConfig, port: number): readonly BoundListener[] {
  return portIndex(proxy).get(port)?.udp ?? [];
}

/** Every port that a serving TCP listener is bound to, ascending. */
export function boundPorts(proxy: ProxyConfig): number[] {
  return [...new Set(boundListeners(proxy).map(({ address }) => address.port))];
}

/** The serving TCP listeners with their addresses, by port. */
export function boundListeners(proxy: ProxyConfig): BoundListener[] {
  return [...portIndex(proxy).values()].flatMap(({ tcp }) => tcp).sort((a, b) => a.address.port - b.address.port);
}

const portIndex = oncePer((proxy: ProxyConfig): ReadonlyMap<number, OnPort> => {
  const index = new Map<number, OnPort>();
  for (const listener of proxy.active('listener')) {
    for (const view of listener.addresses) {
      const address = addressOf(view);
      if (address?.kind !== 'socket') continue;
      const same = index.get(address.port) ?? { tcp: [], udp: [] };
      index.set(address.port, same);
      same[address.isUdp ? 'udp' : 'tcp'].push({ listener, address });
    }
  }
  return index;
});
