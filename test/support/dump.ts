import { decode } from '../../src/decode/decode.js';
import type { ProxyConfig } from '../../src/model/proxy.js';
import { snapshotOf } from '../../src/model/snapshot.js';
import { documentOf } from '../../src/source/document.js';

/** What a minimal dump is made of: messages as Envoy writes them. */
export interface DumpParts {
  /** `TYPE~IP~POD.NAMESPACE~DNS-DOMAIN`. */
  node?: string;
  metadata?: object;
  listeners?: object[];
  clusters?: object[];
  routes?: object[];
  endpoints?: object[];
  secrets?: object[];
}

const TYPE = 'type.googleapis.com/envoy.admin.v3';

/** A proxy whose dump holds just these parts; a part that is left out has an empty section. */
export async function proxyWith(parts: DumpParts): Promise<ProxyConfig> {
  const node = {
    id: parts.node ?? 'sidecar~10.0.0.1~client-1.ns~ns.svc.cluster.local',
    metadata: parts.metadata ?? {},
  };
  const configs = [
    { '@type': `${TYPE}.BootstrapConfigDump`, bootstrap: { node } },
    {
      '@type': `${TYPE}.ClustersConfigDump`,
      dynamic_active_clusters: (parts.clusters ?? []).map(cluster => ({ cluster })),
    },
    {
      '@type': `${TYPE}.EndpointsConfigDump`,
      dynamic_endpoint_configs: (parts.endpoints ?? []).map(endpoint_config => ({ endpoint_config })),
    },
    {
      '@type': `${TYPE}.ListenersConfigDump`,
      dynamic_listeners: (parts.listeners ?? []).map(listener => ({
        name: (listener as { name?: string }).name,
        active_state: { listener },
      })),
    },
    {
      '@type': `${TYPE}.RoutesConfigDump`,
      dynamic_route_configs: (parts.routes ?? []).map(route_config => ({ route_config })),
    },
    { '@type': `${TYPE}.SecretsConfigDump`, dynamic_active_secrets: parts.secrets ?? [] },
  ];
  const documents = await decode(documentOf('dump.json', Buffer.from(JSON.stringify({ configs }))));
  const [proxy] = snapshotOf(documents).proxies;
  if (proxy === undefined) throw new Error('the dump holds no proxy');
  return proxy;
}
