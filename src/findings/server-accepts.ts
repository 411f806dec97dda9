import { oncePer } from '../model/once.js';
import type { ProxyConfig } from '../model/proxy.js';
import type { Tls } from '../trace/request.js';
import { traceRequest } from '../trace/trace.js';
import { WORKLOAD } from './secret-object.js';

/** Why a proxy refuses, by port and kind of TLS. */
const refusals = oncePer((_: ProxyConfig) => new Map<string, string | null>());

/** Reasons by which a server’s proxy ends a connection because of its TLS. */
export const TLS_REASONS: ReadonlySet<string | null> = new Set([
  'no_filter_chain',
  'tls_error',
  'mtls_error',
  'protocol_error',
]);

/** Whether a proxy’s own certificate has not come: it refuses for that reason, whatever the client sends. */
export const lacksCertificate = oncePer(
  (server: ProxyConfig) => server.find('secret', WORKLOAD) === undefined && server.named('secret', WORKLOAD).length > 0,
);

/** Why a proxy closes inbound connections with this kind of TLS on a port of its pod; null where it takes them. */
export function refusalOf(server: ProxyConfig, ip: string, port: number, tls: Tls): string | null {
  const answers = refusals(server);
  const key = `${port} ${tls}`;
  let answer = answers.get(key);
  if (answer === undefined) {
    const { outcome, reason, steps } = traceRequest(server, {
      direction: 'inbound',
      ip,
      port,
      tls,
      host: `${ip}:${port}`,
    });
    answer = outcome === 'closed' && TLS_REASONS.has(reason) ? (steps.at(-1)?.why ?? reason) : null;
    answers.set(key, answer);
  }
  return answer;
}
