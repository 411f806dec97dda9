import type { TraceRequest } from '../../../src/trace/request.js';
import { traceRequest } from '../../../src/trace/trace.js';
import {
  chain,
  edsCluster,
  hcm,
  lbEndpoint,
  listener,
  route,
  virtualHost,
  virtualOutbound,
} from '../../support/messages.js';
import { type Json, type MinimalParts, minimalProxy } from '../../support/minimal-proxy.js';

export const web = listener(80, [chain([hcm([virtualHost([route('c')])])])]);

/** A request over HTTP to cluster `c`. */
export async function reach(parts: MinimalParts, request: TraceRequest = {}) {
  const proxy = await minimalProxy({ listeners: [virtualOutbound(), web], ...parts });
  const result = traceRequest(proxy, { to: '10.1.1.1:80', host: 'a', ...request });
  return { ...result, step: result.steps.find(({ hop }) => hop === 'endpoints') };
}

export const shares = (endpoints: readonly { address: string; share: number }[]) =>
  Object.fromEntries(endpoints.map(({ address: at, share }) => [at, Math.round(share * 100)]));

export const healthy = (host: string, more: Json = {}) => lbEndpoint(host, more);
export const bad = (host: string, health = 'UNHEALTHY') => lbEndpoint(host, { health_status: health });
export const group = (endpoints: readonly Json[], more: Json = {}): Json => ({ lb_endpoints: endpoints, ...more });
export const zone = (name: string): Json => ({ locality: { zone: name } });

/** An EDS cluster `c` with these localities. */
export function eds(groups: readonly Json[], cluster: Json = {}, policy?: Json): MinimalParts {
  return {
    clusters: [edsCluster('c', cluster)],
    endpoints: [{ cluster_name: 'c', endpoints: groups, ...(policy === undefined ? {} : { policy }) }],
  };
}

export const NO_PANIC = { common_lb_config: { healthy_panic_threshold: { value: 0 } } };
export const BY_LOCALITY = { common_lb_config: { locality_weighted_lb_config: {} } };
