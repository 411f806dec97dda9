import { isObject, jsonOf, text } from '../json.js';
import { stateOf } from './cell.js';
import { sentAt } from './duration.js';
import type { ListedProxy, SyncFacts, TypeStatus } from './status.js';
import { orderSubscribed, shortName } from './types.js';

const CLIENT_CONFIG = /envoy\.service\.status\.v[23]\w*\.ClientConfig$/;

/** The messages that istiod before 1.17 used, one field a type (PerXdsConfig of envoy/service/status/v3/csds.proto). */
const PER_XDS_FIELDS: readonly (readonly [field: string, type: string])[] = [
  ['clusterConfig', 'CDS'],
  ['listenerConfig', 'LDS'],
  ['endpointConfig', 'EDS'],
  ['routeConfig', 'RDS'],
];

interface Istiod {
  readonly id: string | null;
  readonly version: string | null;
}

/** Whether a JSON value is istiod's answer to `istio.io/debug/syncz`: a DiscoveryResponse of ClientConfig messages, or of none. */
export function isSyncResponse(value: unknown): value is Record<string, unknown> {
  if (!isObject(value)) return false;
  if (value.typeUrl === 'istio.io/debug/syncz' || value.resources === null) return true;
  return resourcesOf(value).some(isClientConfig);
}

/** The proxies of such an answer; each stands for one connection to the istiod that it names. */
export function proxiesOfResponse(response: Record<string, unknown>): ListedProxy[] {
  const istiod = istiodOf(response);
  return resourcesOf(response).flatMap(resource => proxyOf(resource, istiod) ?? []);
}

function resourcesOf(response: Record<string, unknown>): Record<string, unknown>[] {
  return Array.isArray(response.resources) ? response.resources.filter(isObject) : [];
}

function isClientConfig(resource: Record<string, unknown>): boolean {
  return CLIENT_CONFIG.test(text(resource['@type']) ?? '');
}

/** `controlPlane.identifier` is JSON in a string: component, ID (the pod) and build info. */
function istiodOf(response: Record<string, unknown>): Istiod {
  const controlPlane = isObject(response.controlPlane) ? response.controlPlane : {};
  const identifier = parseIdentifier(text(controlPlane.identifier) ?? '');
  const info = isObject(identifier.Info) ? identifier.Info : {};
  const version = text(info.version);
  return { id: text(identifier.ID), version: version === 'unknown' ? null : version };
}

function parseIdentifier(identifier: string): Record<string, unknown> {
  const value = jsonOf(identifier);
  if (value === undefined) return { ID: identifier };
  return isObject(value) ? value : {};
}

function proxyOf(resource: Record<string, unknown>, istiod: Istiod): ListedProxy | null {
  const node = isObject(resource.node) ? resource.node : {};
  const name = text(node.id);
  if (name === null) return null;
  const metadata = isObject(node.metadata) ? node.metadata : {};
  return {
    name: podOf(name),
    cluster: text(metadata.CLUSTER_ID),
    istiod: istiod.id,
    istiodVersion: istiod.version,
    version: text(metadata.ISTIO_VERSION),
    kind: null,
    types: orderSubscribed([...perXds(resource), ...generic(resource)]),
  };
}

/** Envoy's own node id is `sidecar~IP~POD.NAMESPACE~DOMAIN`; istiod keeps the third part. */
function podOf(id: string): string {
  return id.split('~')[2] ?? id;
}

function generic(resource: Record<string, unknown>): [string, TypeStatus][] {
  const configs = Array.isArray(resource.genericXdsConfigs) ? resource.genericXdsConfigs.filter(isObject) : [];
  return configs.flatMap((config): [string, TypeStatus][] => {
    const type = text(config.typeUrl);
    return type === null ? [] : [[shortName(type), stateOf(text(config.configStatus) ?? 'UNKNOWN', factsOf(config))]];
  });
}

function factsOf(config: Record<string, unknown>): SyncFacts {
  const sent = sentAt(config.lastUpdated);
  const error = isObject(config.errorState) ? text(config.errorState.details) : null;
  return { ...(sent === undefined ? {} : { sentAt: sent }), ...(error === null ? {} : { error }) };
}

function perXds(resource: Record<string, unknown>): [string, TypeStatus][] {
  const configs = Array.isArray(resource.xdsConfig) ? resource.xdsConfig.filter(isObject) : [];
  return configs.flatMap(config =>
    PER_XDS_FIELDS.filter(([field]) => config[field] !== undefined).map(([, type]): [string, TypeStatus] => [
      type,
      stateOf(text(config.status) ?? 'UNKNOWN'),
    ]),
  );
}
