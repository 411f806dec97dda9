import { needsInput, unsupported } from '../../match/ternary.js';
import type { Resource } from '../../model/resource.js';
import type { View } from '../../model/view.js';
import { evidenceIn, evidenceOf, istioctl } from '../evidence.js';
import type { Tracing } from '../tracing.js';
import { scopedTable } from './scoped-routes.js';

/**
 * Where the connection manager has its routes from: inline, by RDS, or by scope.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/filters/network/http_connection_manager/v3/http_connection_manager.proto (route_specifier)
 */
export function routeTable(trace: Tracing): void {
  const { http, terminal, listener } = trace;
  if (http === null || terminal === null || listener === null) return;
  const hcm = terminal.config;
  const inline = hcm.get('route_config');
  const rds = hcm.get('rds')?.string('route_config_name');
  if (inline !== undefined) inlineTable(trace, inline, listener, 'the route table stands in the filter itself');
  else if (rds !== undefined) namedTable(trace, rds, 'the connection manager asks for it by RDS');
  else tableOfScope(trace, hcm);
}

function tableOfScope(trace: Tracing, hcm: View): void {
  const scoped = scopedTable(trace, hcm);
  if (scoped === null) undecidedTable(trace);
  else if ('unknown' in scoped) trace.undetermined('route-table', scoped, `the route table depends on ${scoped.what}`);
  else if (scoped.kind === 'none') noTable(trace, scoped.why);
  else if (scoped.kind === 'inline')
    inlineTable(trace, scoped.view, scoped.resource, 'the request’s scope holds the route table');
  else namedTable(trace, scoped.name, 'the request’s scope names it', scoped.onDemand);
}

function inlineTable(trace: Tracing, view: View, resource: Resource, why: string): void {
  trace.routeTable = { name: view.string('name') ?? null, view, resource };
  trace.step('route-table', 'matched', {
    name: trace.routeTable.name,
    pointer: view.pointer,
    why,
    evidence: [evidenceOf(resource, view.pointer)],
    istioctl: [istioctl.listeners(trace.proxy.name, trace.request.port)],
  });
}

function namedTable(trace: Tracing, name: string, why: string, onDemand = false): void {
  const { proxy } = trace;
  const table = proxy.find('route', name);
  if (table !== undefined) {
    trace.routeTable = { name: table.name, view: table.view, resource: table };
    trace.step('route-table', 'matched', {
      name,
      pointer: table.pointer,
      why,
      evidence: [evidenceOf(table)],
      istioctl: [istioctl.routes(proxy.name, name)],
    });
    return;
  }
  if (proxy.has('route') !== 'complete') {
    const what = proxy.has('route') === 'absent' ? 'the routes section of the dump' : 'the rest of the routes section';
    trace.undetermined('route-table', needsInput(what), `route table ${name} is not in the dump, which is not whole`, {
      name,
    });
    return;
  }
  if (onDemand) {
    const why = `the scope’s route table ${name} comes on demand, and has not come yet`;
    trace.undetermined('route-table', needsInput(`route table ${name}, which comes on demand`), why, { name });
    return;
  }
  const waiting = proxy.named('route', name)[0];
  const reason = waiting === undefined ? 'has not come by RDS' : `is ${waiting.state}`;
  noTable(trace, `route table ${name} ${reason}`, name, waiting);
}

/** Without a route table Envoy answers 404 to every request. What it has instead is one that does not serve, or a name for it only. */
function noTable(trace: Tracing, why: string, name: string | null = null, waiting?: Resource): void {
  const { listener, terminal } = trace;
  trace.step('route-table', 'rejected', {
    name,
    why,
    evidence: waiting === undefined ? evidenceIn(listener, terminal?.config.pointer) : [evidenceOf(waiting)],
    istioctl: name === null ? [] : [istioctl.routes(trace.proxy.name, name)],
  });
  trace.pending = trace.ending('no_route', why);
}

function undecidedTable(trace: Tracing): void {
  trace.undetermined(
    'route-table',
    unsupported('a connection manager without route_config, rds or scoped_routes'),
    'the connection manager names no route table',
  );
}
