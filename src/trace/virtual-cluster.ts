import { matchHeader } from '../match/header.js';
import { View } from '../model/view.js';
import { headerLookup } from './headers.js';
import type { Tracing } from './tracing.js';

/**
 * The virtual cluster under which Envoy counts the request: the first whose headers all match; `other` where there are some and none does.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/route/v3/route_components.proto#config-route-v3-virtualcluster
 */
export function virtualClusterOf(trace: Tracing, virtualHost: View): string | null {
  const clusters = virtualHost.list('virtual_clusters');
  const headers = headerLookup(trace);
  const found = clusters.find(cluster =>
    matchers(cluster).every(matcher => matchHeader(matcher, headers).result === true),
  );
  if (found !== undefined) return found.string('name') ?? null;
  return clusters.length === 0 ? null : 'other';
}

/** v2 gives `pattern` and `method` instead of header matchers. */
function matchers(cluster: View): View[] {
  const headers = cluster.list('headers');
  if (headers.length > 0) return headers;
  const pattern = cluster.string('pattern');
  const method = cluster.string('method');

  return [
    ...(pattern === undefined ? [] : [new View({ name: ':path', regex_match: pattern }, cluster.pointer)]),
    ...(method === undefined ? [] : [new View({ name: ':method', exact_match: method }, cluster.pointer)]),
  ];
}
