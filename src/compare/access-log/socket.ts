/** An address as Envoy logs it. */
export interface LoggedSocket {
  readonly ip: string;
  readonly port: number;
}

/** Reads `10.0.0.1:80`, `[2001:db8::1]:80`, with a scheme before it or not; null for a pipe, an internal listener or nothing. */
export function loggedSocket(address: string | null): LoggedSocket | null {
  const match = /^(?:\w+:\/\/)?(?:\[([0-9a-fA-F:.]+)\]|(\d+\.\d+\.\d+\.\d+)):(\d+)$/.exec(address ?? '');
  const ip = match?.[1] ?? match?.[2];
  return ip === undefined ? null : { ip, port: Number(match?.[3]) };
}

/** The IP alone, with or without a port behind it. */
export function loggedIp(address: string | null): string | null {
  if (address === null) return null;
  return loggedSocket(address)?.ip ?? (/^[0-9a-fA-F:.]+$/.test(address) ? address : null);
}
