import { needsInput, unsupported } from '../../match/ternary.js';
import { evidenceOf, istioctl } from '../evidence.js';
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
  if (inline !== undefined) {
    trace.routeTable = { name: inline.string('name') ?? null, view: inline, resource: listener };
    trace.step('route-table', 'matched', {
      name: trace.routeTable.name,
      pointer: inline.pointer,
      why: 'the route table stands in the filter itself',
      evidence: [evidenceOf(listener, inline.pointer)],
      istioctl: [istioctl.listeners(trace.proxy.name, trace.request.port)],
    });
    return;
  }
  const rds = hcm.get('rds')?.string('route_config_name');
  if (rds !== undefined) {
    namedTable(trace, rds, 'the connection manager asks for it by RDS');
    return;
  }
  const scoped = scopedTable(trace, hcm);
  if (scoped === null) undecidedTable(trace);
  else if (typeof scoped === 'string') namedTable(trace, scoped, 'the request’s scope names it');
  else if ('unknown' in scoped) trace.undetermined('route-table', scoped, `the route table depends on ${scoped.what}`);
  else noTable(trace, scoped.why);
}

function namedTable(trace: Tracing, name: string, why: string): void {
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
  const waiting = proxy.named('route', name)[0];
  noTable(
    trace,
    waiting === undefined ? `route table ${name} has not come by RDS` : `route table ${name} is ${waiting.state}`,
    name,
  );
}

/** Without a route table Envoy answers 404 to every request. */
function noTable(trace: Tracing, why: string, name: string | null = null): void {
  trace.step('route-table', 'rejected', {
    name,
    why,
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
