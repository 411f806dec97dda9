import type { ResourceKind } from '../../decode/layout.js';
import type { ProxyConfig } from '../../model/proxy.js';
import type { Resource } from '../../model/resource.js';
import { canonical } from '../canonical/canonical.js';
import { isJsonList, isJsonObject, type Json, type JsonObject } from '../canonical/json.js';
import { edsName } from '../drift/eds.js';

/** Something that a resource needs and that comes by xDS. */
export interface Reference {
  readonly xds: 'RDS' | 'EDS' | 'SDS' | 'ECDS';
  readonly kind: ResourceKind;
  readonly name: string;
}

/** What a listener or cluster needs before it serves: route tables, endpoints, secrets, extensions. */
export function referencesOf({ kind, name, view }: Resource): Reference[] {
  const references: Reference[] = [];
  collect(canonical(view.value), references);
  const eds = kind === 'cluster' ? edsName(view) : null;
  if (eds !== null) references.unshift({ xds: 'EDS', kind: 'endpoint', name: eds || (name ?? '') });
  return references;
}

/** Those of the references that a proxy does not have, as far as its evidence tells. */
export function missingOf(references: readonly Reference[], proxy: ProxyConfig): Reference[] {
  return references.filter(({ kind, name }) => proxy.has(kind) === 'complete' && proxy.find(kind, name) === undefined);
}

/** Those whose section the evidence does not hold. */
export function unknownOf(references: readonly Reference[], proxy: ProxyConfig): Reference[] {
  return references.filter(({ kind }) => proxy.has(kind) !== 'complete');
}

function collect(value: Json, references: Reference[]): void {
  if (isJsonList(value)) for (const item of value) collect(item, references);
  if (!isJsonObject(value)) return;
  add(value, references);
  for (const inner of Object.values(value)) collect(inner, references);
}

function add(message: JsonObject, references: Reference[]): void {
  const { rds, name } = message;
  if (isJsonObject(rds) && typeof rds.route_config_name === 'string')
    references.push({ xds: 'RDS', kind: 'route', name: rds.route_config_name });
  if (typeof name !== 'string') return;
  if (isJsonObject(message.sds_config)) references.push({ xds: 'SDS', kind: 'secret', name });
  if (isJsonObject(message.config_discovery)) references.push({ xds: 'ECDS', kind: 'ecds', name });
}
