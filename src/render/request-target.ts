import { formatSocket } from '../model/address.js';

/** Where a resolved request goes, as `--to` and `--host` say it; the host is null where `--to` implies it. */
export interface RequestTarget {
  readonly to: string;
  readonly host: string | null;
}

/** An address is given as it is; without one, the authority stands for it. */
export function requestTarget({ ip, port, host }: Readonly<Record<string, unknown>>): RequestTarget {
  const authority = typeof host === 'string' ? host : null;
  if (typeof ip === 'string') return { to: formatSocket(ip, Number(port)), host: authority };
  const name = (authority ?? 'unknown').replace(/:\d+$/, '');
  return { to: `${name}:${String(port)}`, host: authority };
}
