import type { RouteFacts } from '../match/route-match.js';
import type { TraceResult } from '../trace/result.js';

/** What route matching looks at, from the request of a result, before filters change it. */
export function requestFacts({ request }: TraceResult): RouteFacts {
  const sent = (request.headers ?? {}) as Record<string, string | string[]>;
  const headers = new Map(Object.entries(sent).map(([name, value]) => [name.toLowerCase(), [value].flat().join(',')]));
  const pseudo: Record<string, string> = {
    ':path': String(request.path),
    ':method': String(request.method),
    ':authority': String(request.host ?? ''),
    ':scheme': request.tls === 'plaintext' ? 'http' : 'https',
    host: String(request.host ?? ''),
  };
  const lookup = (name: string) => pseudo[name] ?? headers.get(name);
  return {
    path: String(request.path),
    method: String(request.method),
    headers: lookup,
    ignoresPathParameters: false,
    runtime: () => undefined,
    isGrpc: /^application\/grpc($|\+)/.test(headers.get('content-type') ?? ''),
    filterState: () => undefined,
    tls: { isTls: request.tls !== 'plaintext', hasCertificate: request.tls === 'mtls' },
  };
}
