import { extensionOf } from '../model/extension.js';
import type { Resource } from '../model/resource.js';
import type { View } from '../model/view.js';
import type { ObjectRef } from './finding.js';
import { chainsOf } from './listener-chains.js';

/** A server of a Gateway, as Istio names route tables after HTTPS servers: `https.PORT.NAME.GATEWAY.NAMESPACE`. */
export interface GatewayServer {
  readonly gateway: ObjectRef;
  /** Port in the Gateway: what clients call, where the listener has another one. */
  readonly port: number;
  /** Name of the server’s port. */
  readonly server: string;
  readonly chain: View;
}

/** The HTTPS servers of a gateway’s listener; plain HTTP servers of all Gateways share one table, which names none. */
export function gatewayServers(listener: Resource): GatewayServer[] {
  return chainsOf(listener).flatMap(chain => serverOf(chain) ?? []);
}

/** The server whose route table an HTTPS filter chain takes; null where the table has no such name. */
export function serverOf(chain: View): GatewayServer | null {
  for (const filter of chain.list('filters')) {
    const table = extensionOf(filter).config.get('rds')?.string('route_config_name') ?? '';
    const [, port, server, name, namespace] = /^https\.(\d+)\.(.+)\.([^.]+)\.([^.]+)$/.exec(table) ?? [];
    if (server !== undefined && name !== undefined && namespace !== undefined)
      return { gateway: { kind: 'Gateway', namespace, name }, port: Number(port), server, chain };
  }
  return null;
}
