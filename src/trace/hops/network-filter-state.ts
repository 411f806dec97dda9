import type { Extension } from '../../model/extension.js';
import { setFilterState } from '../filter-state.js';
import type { Tracing } from '../tracing.js';

const CLUSTER = 'envoy.tcp_proxy.cluster';

/**
 * Filter state that is set when the connection comes, or its TLS handshake is done; one object of it names the TCP proxy's cluster. A value that
 * only the running Envoy knows leaves the cluster open.
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/listeners/network_filters/set_filter_state
 */
export function connectionFilterState(trace: Tracing, { config }: Extension): boolean {
  const values = [...config.list('on_new_connection'), ...config.list('on_downstream_tls_handshake')];
  const cluster = setFilterState(trace, values).includes(CLUSTER) ? trace.filterState.get(CLUSTER)?.text : undefined;
  if (cluster === undefined) return false;
  if (typeof cluster === 'string') {
    trace.cluster = cluster;
    return false;
  }
  trace.undetermined('network-filters', cluster, 'the TCP proxy’s cluster is known to the running Envoy only');
  return true;
}
