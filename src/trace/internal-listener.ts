import { formatSocket } from '../model/address.js';
import { evidenceOf } from './evidence.js';
import type { ResolvedRequest } from './request.js';
import { Tracing } from './tracing.js';

/** More internal listeners than this in a row are a loop. */
const MAX_DEPTH = 4;

/**
 * Goes on inside the same Envoy where the chosen endpoint is an internal listener (`connect_originate`, `main_internal`):
 * its hops follow, and its end is the end. `walk` runs the hops behind the listener.
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/other_features/internal_listener
 */
export function followInternalListener(trace: Tracing, walk: (inner: Tracing) => void, depth = 0): void {
  const name = trace.end?.outcome === 'forwarded' ? internalName(trace) : null;
  if (name === null) return;
  const listener = trace.proxy.find('listener', name);
  if (listener === undefined || depth >= MAX_DEPTH) {
    const why =
      listener === undefined ? `there is no internal listener ${name}` : `internal listeners lead back to ${name}`;
    trace.step('listener', 'rejected', { name, why });
    trace.finish(listener === undefined ? 'no_healthy_upstream' : 'loop', why);
    return;
  }
  const inner = new Tracing(trace.proxy, innerRequest(trace), trace.choices, trace.givenNow);
  inner.listener = listener;
  inner.isTunnelled = trace.isTunnelled;
  inner.step('listener', 'matched', {
    name,
    pointer: listener.pointer,
    why: 'an internal listener: the connection goes on inside this Envoy',
    evidence: [evidenceOf(listener)],
  });
  walk(inner);
  followInternalListener(inner, walk, depth + 1);
  adopt(trace, inner);
}

function internalName({ endpoints }: Tracing): string | null {
  const address = endpoints.find(({ share }) => share > 0)?.address ?? '';
  return address.startsWith('internal:') ? address.slice('internal:'.length) : null;
}

/** The inner connection's destination stands in the endpoint's metadata: `envoy.filters.listener.original_dst` or, before, `tunnel`. */
function innerRequest(trace: Tracing): ResolvedRequest {
  const { request } = trace;
  const destination = /^\[?([^\]]+)\]?:(\d+)$/.exec(trace.internalDestination ?? '');
  const plain: ResolvedRequest = { ...request, tls: 'plaintext', sni: null, alpn: [] };
  const carried = trace.http === null && trace.connection.isTls ? request : plain;
  return destination?.[1] === undefined ? carried : { ...carried, ip: destination[1], port: Number(destination[2]) };
}

function adopt(trace: Tracing, inner: Tracing): void {
  trace.steps.push(...inner.steps);
  for (const assumption of inner.assumptions) trace.assumptions.add(assumption);
  for (const missing of inner.missing) trace.missing.add(missing);
  trace.conditions.push(...inner.conditions);
  const destination = inner.request.ip === null ? null : formatSocket(inner.request.ip, inner.request.port);
  trace.endpoints = inner.endpoints.map(endpoint =>
    endpoint.address.startsWith('internal:') && destination !== null ? { ...endpoint, address: destination } : endpoint,
  );
  trace.end = inner.end;
}
