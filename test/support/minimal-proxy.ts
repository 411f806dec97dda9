import { decode } from '../../src/decode/decode.js';
import type { ProxyConfig } from '../../src/model/proxy.js';
import { snapshotOf } from '../../src/model/snapshot.js';
import { documentOf } from '../../src/source/document.js';

export type Json = Record<string, unknown>;

/** What a test's proxy is made of; a section that is null is left out of the dump, one that is not named is there and empty. */
export interface MinimalParts {
  /** Fields of the bootstrap's node; a sidecar at 10.0.0.1 unless given. */
  readonly node?: Json;
  /** Other fields of the bootstrap. */
  readonly bootstrap?: Json;
  readonly listeners?: readonly Json[] | null;
  /** Entries of `dynamic_listeners` that do not serve: `{name, warming_state: {listener}}` and the like. */
  readonly otherListeners?: readonly Json[];
  readonly clusters?: readonly Json[] | null;
  readonly warmingClusters?: readonly Json[];
  readonly routes?: readonly Json[] | null;
  readonly endpoints?: readonly Json[] | null;
  readonly secrets?: readonly Json[];
  /** Names of secrets that have been asked for and not come. */
  readonly warmingSecrets?: readonly string[];
  readonly ecds?: readonly Json[];
  readonly scopedRoutes?: readonly Json[];
  /** `cluster_statuses` of `/clusters?format=json`. */
  readonly statuses?: readonly Json[];
}

const SIDECAR = 'sidecar~10.0.0.1~app-1.default~default.svc.cluster.local';

/** A gateway's node. */
export const GATEWAY: Json = { id: 'router~10.0.0.2~gateway-1.istio-system~istio-system.svc.cluster.local' };

/** A proxy as its admin dump shows it. */
export async function minimalProxy(parts: MinimalParts): Promise<ProxyConfig> {
  const documents = [documentOf('config_dump.json', bytes({ configs: sections(parts) }))];
  if (parts.statuses !== undefined)
    documents.push(documentOf('clusters.json', bytes({ cluster_statuses: parts.statuses })));
  const decoded = await Promise.all(documents.map(decode));
  const [proxy] = snapshotOf(decoded.flat()).proxies;
  if (proxy === undefined) throw new Error('the parts make no proxy');
  return proxy;
}

function sections(parts: MinimalParts): Json[] {
  const bootstrap = { ...parts.bootstrap, node: { id: SIDECAR, ...parts.node } };
  const { listeners = [], clusters = [], routes = [], endpoints = [] } = parts;
  const all: (Json | null)[] = [
    section('Bootstrap', { bootstrap }),
    clusters && section('Clusters', clusterFields(clusters, parts.warmingClusters ?? [])),
    listeners &&
      section('Listeners', { dynamic_listeners: [...listeners.map(active), ...(parts.otherListeners ?? [])] }),
    routes && section('Routes', { dynamic_route_configs: routes.map(route_config => ({ route_config })) }),
    endpoints && section('Endpoints', { dynamic_endpoint_configs: endpoints.map(item => ({ endpoint_config: item })) }),
    section('Secrets', {
      dynamic_active_secrets: (parts.secrets ?? []).map(secret => ({ name: secret.name, secret })),
      dynamic_warming_secrets: (parts.warmingSecrets ?? []).map(name => ({ name, secret: { name } })),
    }),
    parts.scopedRoutes === undefined
      ? null
      : section('ScopedRoutes', { dynamic_scoped_route_configs: [{ scoped_route_configs: parts.scopedRoutes }] }),
    parts.ecds === undefined
      ? null
      : section('Ecds', { ecds_filters: parts.ecds.map(filter => ({ ecds_filter: filter })) }),
  ];
  return all.filter(item => item !== null);
}

function clusterFields(clusters: readonly Json[], warming: readonly Json[]): Json {
  return {
    dynamic_active_clusters: clusters.map(item => ({ cluster: item })),
    dynamic_warming_clusters: warming.map(item => ({ cluster: item })),
  };
}

function section(name: string, fields: Json): Json {
  return { '@type': `type.googleapis.com/envoy.admin.v3.${name}ConfigDump`, ...fields };
}

function active(message: Json): Json {
  return { name: message.name, active_state: { version_info: '1', listener: message } };
}

function bytes(value: Json): Buffer {
  return Buffer.from(JSON.stringify(value));
}
