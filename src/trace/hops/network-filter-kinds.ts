import type { View } from '../../model/view.js';

/** What a network filter that lets connections pass does besides. */
interface PassingFilter {
  readonly effect: string;
  /** Whether it may close the connection for reasons that configuration does not show. */
  readonly mayDeny: (config: View) => boolean;
}

function passing(effect: string, mayDeny = false): PassingFilter {
  return { effect, mayDeny: () => mayDeny };
}

/** Network filters that are not the last one, by kind. */
export const PASSING_NETWORK_FILTERS: Record<string, PassingFilter> = {
  metadata_exchange: passing('tells the peers’ workloads to each other'),
  metadataexchange: passing('tells the peers’ workloads to each other'),
  config: passing('tells the peers’ workloads to each other'),
  stats: passing('counts'),
  tcp_cluster_rewrite: passing('may rewrite the cluster’s name'),
  forward_downstream_sni: passing('keeps the client’s SNI for the upstream'),
  mixer: {
    effect: 'reports to Mixer, and asks it unless its policy checks are off',
    mayDeny: config => !config.boolean('disable_check_calls'),
  },
  local_ratelimit: passing('may close connections over its rate', true),
  ratelimit: passing('asks a rate limit service', true),
  ext_authz: passing('asks an authorization service', true),
  wasm: passing('runs a Wasm module', true),
  connection_limit: passing('may close connections over its limit', true),
  client_ssl_auth: passing('checks the client’s certificate against a list', true),
  sni_dynamic_forward_proxy: passing('resolves the SNI as upstream host'),
  mysql_proxy: passing('reads MySQL for statistics'),
  postgres_proxy: passing('reads PostgreSQL for statistics'),
  kafka_broker: passing('reads Kafka for statistics'),
  mongo_proxy: passing('reads MongoDB for statistics'),
  zookeeper_proxy: passing('reads ZooKeeper for statistics'),
  rocketmq_proxy: passing('reads RocketMQ'),
  set_filter_state: passing('sets filter state'),
  geoip: passing('looks up the client’s place'),
  ext_proc: passing('asks a processing service', true),
  dynamic_modules: passing('runs a dynamic module', true),
};

/** Last filters for other protocols, and the clusters that their configuration names. */
export const PROTOCOL_PROXIES: Record<string, (config: View) => string[]> = {
  redis_proxy: redisClusters,
  thrift_proxy: routeClusters,
  dubbo_proxy: routeClusters,
  generic_proxy: () => [],
  meta_protocol_proxy: () => [],
  kafka_mesh: () => [],
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
