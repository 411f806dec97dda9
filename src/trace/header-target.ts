import type { HttpRequest } from './own.js';
import type { Tracing } from './tracing.js';

/** Headers that can be changed, by lower-case name; repeated values are joined by commas. */
export interface HeaderTarget {
  get(name: string): string | undefined;
  set(name: string, value: string): unknown;
  delete(name: string): unknown;
}

/** A request's headers, with the path and the authority among them under their pseudo-headers. */
export function requestTarget(http: HttpRequest): HeaderTarget {
  const { headers } = http;
  return {
    get: name => (name === ':path' ? http.path : isHost(name) ? http.host : headers.get(name)),
    set: (name, value) => {
      if (name === ':path') http.path = value;
      else if (isHost(name)) http.host = value;
      else headers.set(name, value);
    },
    delete: name => headers.delete(name),
  };
}

/** Path and authority that differ from those that came are what the upstream gets. */
export function noteRewrites({ http, request, rewrite }: Tracing): void {
  if (http === null) return;
  rewrite.host = http.host === request.host ? null : http.host;
  rewrite.path = http.path === request.path ? null : http.path;
}

function isHost(name: string): boolean {
  return name === ':authority' || name === 'host';
}
