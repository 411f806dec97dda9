import { matchHeader } from '../../match/header.js';
import type { Extension } from '../../model/extension.js';
import type { View } from '../../model/view.js';
import { evidenceOf, istioctl } from '../evidence.js';
import { abortOf, delayOf, type InjectedFault } from '../fault.js';
import { firstValue, headerLookup } from '../headers.js';
import type { PerRoute } from '../per-route.js';
import { percent } from '../percent.js';
import type { Tracing } from '../tracing.js';
import { weightedClusterOf } from '../weighted-cluster.js';
import type { FilterState } from './filter-state.js';

/**
 * Injected faults: a delay is told, an abort ends the request for its share.
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/fault_filter
 */
export function fault(trace: Tracing, { name, config }: Extension, perRoute: PerRoute, state: FilterState): void {
  const effective = perRoute.config ?? config;
  const label = name ?? 'fault';
  const notFor = whyNot(trace, effective);
  if (notFor !== null) {
    state.lines.push(`${label}: not for such requests (${notFor})`);
    return;
  }
  const delay = delayOf(trace, effective.get('delay'));
  if (delay !== null) state.lines.push(`${label}: delays ${percent(delay.share)} of such requests by ${delay.what}`);
  const abort = abortOf(trace, effective.get('abort'));
  if (abort === null) {
    if (delay === null) state.lines.push(`${label}: nothing is injected`);
  } else if (takes(trace, abort)) answer(trace, label, abort, perRoute, state);
  else state.lines.push(`${label}: aborts ${percent(abort.share)} of such requests, not this one`);
}

function takes(trace: Tracing, { share, holds }: InjectedFault): boolean {
  return trace.choices.pick([share, 1 - share], random => (holds(random) ? 0 : 1)) === 0;
}

function answer(trace: Tracing, label: string, abort: InjectedFault, { level }: PerRoute, state: FilterState): void {
  const { listener, route, routeTable } = trace;
  if (listener === null) return;
  const owner = level === 'route' ? (route?.string('name') ?? 'the route') : level;
  const place = level === null ? 'the filter' : level === owner ? level : `${level} ${owner}`;
  const why = `an injected fault answers ${abort.what} to ${percent(abort.share)} of such requests (set at ${place})`;
  trace.step('http-filters', 'rejected', {
    name: label,
    pointer: abort.pointer,
    why,
    details: state.lines,
    evidence: [evidenceOf(level === null ? listener : (routeTable?.resource ?? listener), abort.pointer)],
    istioctl: [istioctl.routes(trace.proxy.name, routeTable?.name ?? '')],
  });
  trace.finish('fault_abort', why, { responseCode: abort.status });
}

/** Faults may be limited to headers, to an upstream cluster, and to the nodes that downstream Envoys tell. */
function whyNot(trace: Tracing, config: View): string | null {
  const headers = headerLookup(trace);
  const failed = config.list('headers').map(matcher => matchHeader(matcher, headers));
  const first = failed.find(({ result }) => result !== true);
  if (first !== undefined) return first.why;
  const upstream = config.string('upstream_cluster') ?? '';
  const cluster = clusterOf(trace);
  if (upstream !== '' && upstream !== cluster) return `its upstream_cluster is ${upstream}`;
  const nodes = config.strings('downstream_nodes');
  const node = firstValue(trace, 'x-envoy-downstream-service-node');
  return nodes.length > 0 && (node === undefined || !nodes.includes(node)) ? 'it is for other downstream_nodes' : null;
}

function clusterOf(trace: Tracing): string | undefined {
  const action = trace.route?.get('route');
  const byHeader = action?.string('cluster_header');
  if (byHeader !== undefined) return firstValue(trace, byHeader);
  return action?.string('cluster') ?? weightedClusterOf(trace, action)?.string('name');
}
