import { fractionOf } from '../../match/fraction.js';
import { matchHeader } from '../../match/header.js';
import type { Extension } from '../../model/extension.js';
import type { View } from '../../model/view.js';
import { evidenceOf, istioctl } from '../evidence.js';
import { headerLookup } from '../headers.js';
import type { PerRoute } from '../per-route.js';
import { percent } from '../percent.js';
import type { Tracing } from '../tracing.js';
import type { FilterState } from './filter-state.js';

/**
 * Injected faults: a delay is told, an abort ends the request for its share.
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/fault_filter
 */
export function fault(trace: Tracing, { name, config }: Extension, perRoute: PerRoute, state: FilterState): void {
  const effective = perRoute.config ?? config;
  const label = name ?? 'fault';
  const { listener } = trace;
  if (listener === null) return;
  if (!applies(trace, effective)) {
    state.lines.push(`${label}: not for such requests`);
    return;
  }
  const delay = effective.get('delay');
  if (delay !== undefined) state.lines.push(`${label}: ${describeDelay(delay)}`);
  const abort = effective.get('abort');
  const status = abort === undefined ? null : statusOf(abort);
  if (abort === undefined || status === null) {
    if (delay === undefined) state.lines.push(`${label}: nothing is injected`);
    return;
  }
  const share = percentageOf(abort);
  const option = trace.choices.pick([share, 1 - share], random => (random % 100 < share * 100 ? 0 : 1));
  if (option !== 0) {
    state.lines.push(`${label}: aborts ${percent(share)} of such requests, not this one`);
    return;
  }
  const owner =
    perRoute.level === 'route' ? (trace.route?.string('name') ?? 'the route') : (perRoute.level ?? 'the listener');
  const why = `an injected fault answers ${status} to ${percent(share)} of such requests (set at ${perRoute.level === null ? 'the filter' : `${perRoute.level} ${owner}`})`;
  trace.step('http-filters', 'rejected', {
    name: label,
    pointer: abort.pointer,
    why,
    details: state.lines,
    evidence: [
      evidenceOf(perRoute.level === null ? listener : (trace.routeTable?.resource ?? listener), abort.pointer),
    ],
    istioctl: [istioctl.routes(trace.proxy.name, trace.routeTable?.name ?? '')],
  });
  trace.finish('fault_abort', why, { responseCode: status });
}

/** Faults may be limited to headers and to an upstream cluster. */
function applies(trace: Tracing, config: View): boolean {
  const headers = headerLookup(trace);
  if (!config.list('headers').every(matcher => matchHeader(matcher, headers).result === true)) return false;
  const upstream = config.string('upstream_cluster');
  return upstream === undefined || upstream === '' || upstream === trace.route?.get('route')?.string('cluster');
}

function statusOf(abort: View): number | null {
  if (abort.has('grpc_status')) return 200;
  return abort.number('http_status') ?? null;
}

/** v2 has `percent`; v3 `percentage`, 0% where it is absent. */
function percentageOf(part: View): number {
  const early = part.number('percent');
  return early === undefined ? fractionOf(part.get('percentage')) : early / 100;
}

function describeDelay(delay: View): string {
  return `delays ${percent(percentageOf(delay))} of such requests by ${delay.string('fixed_delay') ?? delay.string('fixed_delay_duration') ?? 'what a header says'}`;
}
