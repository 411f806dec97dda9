import type { View } from '../../model/view.js';
import { askedService, isBuiltInWasm } from '../asked-service.js';

/** A network filter that lets connections pass. */
interface PassingFilter {
  readonly effect: (config: View) => string;
  /** What must hold for it to pass, where configuration does not show it: `ext_authz at cluster x allows it`. Null where nothing must. */
  readonly condition: (config: View, label: string) => string | null;
}

function passing(effect: string): PassingFilter {
  return { effect: () => effect, condition: () => null };
}

/** One that its `runtime_enabled` switches off closes nothing. */
function mayClose(effect: string): PassingFilter {
  const isOff = (config: View) => config.get('runtime_enabled')?.raw('default_value') === false;
  return {
    effect: config => (isOff(config) ? 'is not enabled (runtime_enabled)' : effect),
    condition: (config, label) => (isOff(config) ? null : `network filter ${label} allows it`),
  };
}

function asking(kind: string, service: string): PassingFilter {
  return {
    effect: config => `asks the ${service} service at cluster ${askedService(config)}`,
    condition: config => `${kind} at cluster ${askedService(config)} allows it`,
  };
}

/** Network filters that are not the last one, by kind. */
export const PASSING_NETWORK_FILTERS: Record<string, PassingFilter> = {
  metadata_exchange: passing('tells the peers’ workloads to each other'),
  metadataexchange: passing('tells the peers’ workloads to each other'),
  config: passing('tells the peers’ workloads to each other'),
  stats: passing('counts'),
  forward_downstream_sni: passing('keeps the client’s SNI for the upstream'),
  mixer: {
    effect: () => 'reports to Mixer, and asks it unless its policy checks are off',
    condition: config => (config.boolean('disable_check_calls') ? null : 'Mixer allows it'),
  },
  local_ratelimit: mayClose('closes connections over its rate'),
  ratelimit: asking('ratelimit', 'rate limit'),
  ext_authz: asking('ext_authz', 'authorization'),
  wasm: {
    effect: config => (isBuiltInWasm(config) ? 'runs a module that is built in' : 'runs a Wasm module'),
    condition: (config, label) => (isBuiltInWasm(config) ? null : `network filter ${label} allows it`),
  },
  connection_limit: mayClose('closes connections over its limit'),
  client_ssl_auth: mayClose('checks the client’s certificate against a list'),
  sni_dynamic_forward_proxy: passing('resolves the SNI as upstream host'),
  mysql_proxy: passing('reads MySQL for statistics'),
  postgres_proxy: passing('reads PostgreSQL for statistics'),
  kafka_broker: passing('reads Kafka for statistics'),
  mongo_proxy: passing('reads MongoDB for statistics'),
  zookeeper_proxy: passing('reads ZooKeeper for statistics'),
  geoip: passing('looks up the client’s place'),
  ext_proc: asking('ext_proc', 'processing'),
  dynamic_modules: mayClose('runs a dynamic module'),
};

/** Last filters for other protocols, and the clusters that their configuration names. */
export const PROTOCOL_PROXIES: Record<string, (config: View) => string[]> = {
  redis_proxy: redisClusters,
  thrift_proxy: routeClusters,
  dubbo_proxy: routeClusters,
  generic_proxy: () => [],
  meta_protocol_proxy: routeClusters,
  rocketmq_proxy: routeClusters,
  kafka_mesh: config => config.list('upstream_clusters').map(cluster => cluster.string('cluster_name') ?? ''),
};

function redisClusters(config: View): string[] {
  const routes = config.get('prefix_routes');
  const all = [...(routes?.list('routes') ?? []), ...(routes?.list('catch_all_route') ?? [])].map(route =>
    route.string('cluster'),
  );
  return unique([...all, routes?.string('catch_all_cluster'), config.string('cluster')]);
}

function routeClusters(config: View): string[] {
  const tables = [...config.list('route_config'), ...(config.get('multiple_route_config')?.list('route_config') ?? [])];
  const actions = tables.flatMap(table => table.list('routes').flatMap(route => route.list('route')));
  return unique(
    actions.flatMap(action => [
      action.string('cluster'),
      ...(action.get('weighted_clusters')?.list('clusters') ?? []).map(cluster => cluster.string('name')),
    ]),
  );
}

function unique(names: readonly (string | undefined)[]): string[] {
  return [...new Set(names.filter(name => name !== undefined))];
}
