import type { TraceResult } from '../../../src/trace/result.js';

/** The values that Envoy would log for a traced request, by JSON key of Istio's default format. */
export function loggedValues(result: TraceResult, time = '2026-07-01T00:00:00.000Z'): Record<string, string> {
  const { request, cluster, weightedClusters, endpoints } = result;
  const isTcp = request.protocol === 'tcp';
  const from = request.from as { ip?: string };
  const goesOn = result.outcome === 'forwarded' || result.outcome === 'passthrough';
  const text = (value: unknown) => (value === null || value === undefined ? '-' : String(value));
  return {
    start_time: time,
    method: isTcp ? '-' : text(request.method),
    path: isTcp ? '-' : text(request.path),
    protocol: isTcp ? '-' : 'HTTP/1.1',
    response_code: text(result.responseCode ?? (goesOn && !isTcp ? 200 : 0)),
    response_flags: text(result.responseFlag),
    response_code_details: text(result.responseCodeDetails ?? (goesOn && !isTcp ? 'via_upstream' : null)).replaceAll(
      ' ',
      '_',
    ),
    authority: isTcp ? '-' : text(request.host),
    upstream_host: goesOn ? text(endpoints[0]?.address) : '-',
    upstream_cluster: text(cluster ?? weightedClusters[0]?.name),
    downstream_local_address: `${text(request.ip)}:${text(request.port)}`,
    downstream_remote_address: `${from.ip ?? '10.9.9.9'}:40000`,
    requested_server_name: text(request.sni),
    route_name: text(result.route),
  };
}

/** The same as a line of each default format. */
export const LINES = {
  'Istio 1.9': (v: Record<string, string>) =>
    `${start(v)} ${v.response_code_details} - "-" ${middle(v)} ${end(v)} ${v.route_name}`,
  'Istio 1.4': (v: Record<string, string>) => `${start(v)} "-" "-" ${middle(v)} ${end(v)} ${v.route_name}`,
  'Istio 1.1': (v: Record<string, string>) => `${start(v)} "-" ${middle(v)} ${end(v)}`,
  JSON: (v: Record<string, string>) => JSON.stringify(v),
} as const;

function start(v: Record<string, string>): string {
  return `[${v.start_time}] "${v.method} ${v.path} ${v.protocol}" ${v.response_code} ${v.response_flags}`;
}

function middle(v: Record<string, string>): string {
  return `0 0 1 - "-" "curl/8.1" "7f2c" "${v.authority}" "${v.upstream_host}"`;
}

function end(v: Record<string, string>): string {
  const { upstream_cluster, downstream_local_address, downstream_remote_address, requested_server_name } = v;
  return `${upstream_cluster} - ${downstream_local_address} ${downstream_remote_address} ${requested_server_name}`;
}
