import type { View } from './view.js';

/** Where a listener is bound or an endpoint stands. */
export type Address =
  | { readonly kind: 'socket'; readonly ip: string; readonly port: number; readonly isUdp: boolean }
  | { readonly kind: 'pipe'; readonly path: string }
  | { readonly kind: 'internal'; readonly listener: string; readonly endpointId: string };

/** Reads core.v3.Address: socket address, unix socket or internal listener; null where it is none of them. */
export function addressOf(view: View | undefined): Address | null {
  const socket = view?.get('socket_address');
  if (socket !== undefined) {
    const port = socket.number('port_value') ?? 0;
    return { kind: 'socket', ip: socket.string('address') ?? '', port, isUdp: socket.string('protocol') === 'UDP' };
  }
  const pipe = view?.get('pipe');
  if (pipe !== undefined) return { kind: 'pipe', path: pipe.string('path') ?? '' };
  const internal = view?.get('envoy_internal_address');
  if (internal === undefined) return null;
  return {
    kind: 'internal',
    listener: internal.string('server_listener_name') ?? '',
    endpointId: internal.string('endpoint_id') ?? '',
  };
}

/** `10.0.0.1:80`, `[::1]:80`, `unix:/path`, and as Envoy writes an internal listener: `envoy://NAME/ENDPOINT-ID`. */
export function formatAddress(address: Address | null): string {
  switch (address?.kind) {
    case 'socket':
      return formatSocket(address.ip, address.port);
    case 'pipe':
      return `unix:${address.path}`;
    case 'internal':
      return `envoy://${address.listener}/${address.endpointId}`;
    default:
      return 'unknown';
  }
}

/** `10.0.0.1:80`, `[::1]:80`; a name instead of an address stays as it is. */
export function formatSocket(ip: string, port: number): string {
  return `${formatHost(ip)}:${port}`;
}

/** The address, without brackets, and the port of `10.0.0.1:80` or `[::1]:80`; what is only an address, or a name, has no port. */
export function splitSocket(socket: string): { ip: string; port?: number } {
  const [, host = socket, port] = /^(\[[^\]]*\]|[^:]*):(\d+)$/.exec(socket) ?? [];
  return { ip: host.replace(/[[\]]/g, ''), ...(port === undefined ? {} : { port: Number(port) }) };
}

/** An address as URLs and Host headers write it: IPv6 in brackets (RFC 3986, 3.2.2). */
export function formatHost(ip: string): string {
  return ip.includes(':') ? `[${ip}]` : ip;
}

/** The wildcard address of either family: a socket bound to it takes every destination with its port. */
export function isWildcard(ip: string): boolean {
  return ip === '0.0.0.0' || ip === '::' || ip === '';
}
