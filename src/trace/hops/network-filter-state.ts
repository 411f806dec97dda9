import { substitute } from '../../match/substitution.js';
import type { Extension } from '../../model/extension.js';
import { knownOperators } from '../header-options.js';
import type { Tracing } from '../tracing.js';

const CLUSTER = 'envoy.tcp_proxy.cluster';

/**
 * Filter state that is set when the connection comes; one object of it names the TCP proxy's cluster. A value that only the running Envoy knows
 * leaves the cluster open.
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/listeners/network_filters/set_filter_state
 */
export function setFilterState(trace: Tracing, { name, config }: Extension): boolean {
  const value = config.list('on_new_connection').findLast(item => item.string('object_key') === CLUSTER);
  const format = value?.get('format_string')?.path('text_format_source')?.string('inline_string');
  if (value === undefined || format === undefined) return false;
  const cluster = substitute(format, () => undefined, knownOperators(trace));
  if (cluster === null) {
    const what = `the cluster that ${name ?? 'set_filter_state'} makes of ${format}`;
    trace.undetermined(
      'network-filters',
      { unknown: 'unsupported', what },
      `${what} is known to the running Envoy only`,
    );
    return true;
  }
  if (cluster !== '' || !value.boolean('skip_if_empty')) trace.cluster = cluster;
  return false;
}
