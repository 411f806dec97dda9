import { isObject, text } from '../json.js';
import { sentAt, timeBetween } from './duration.js';
import { type ListedProxy, type SyncFacts, type TypeStatus, typeStatus } from './status.js';
import { orderSubscribed, orderTypes, shortName } from './types.js';

/** The fields of SyncStatus (pilot/pkg/xds/debug.go) that hold a nonce sent and one acknowledged. */
const NONCE_FIELDS: readonly (readonly [field: string, type: string, always: boolean])[] = [
  ['cluster', 'CDS', true],
  ['listener', 'LDS', true],
  ['endpoint', 'EDS', true],
  ['route', 'RDS', true],
  ['extensionconfig', 'ECDS', false],
];

interface Nonces {
  readonly sent: string | null;
  readonly acked: string | null;
  readonly facts?: SyncFacts;
}

/** Whether a JSON value is what istiod or Pilot answers to `/debug/syncz`: a list of proxies with their nonces. */
export function isSyncz(value: unknown): value is Record<string, unknown>[] {
  return Array.isArray(value) && value.every(item => isObject(item) && text(item.proxy) !== null);
}

/** The proxies of such an answer. It does not name the istiod that gave it: `istiod` does, where it is known. */
export function proxiesOfSyncz(items: readonly Record<string, unknown>[], istiod: string | null): ListedProxy[] {
  return items.map(item => ({
    name: text(item.proxy) ?? '',
    cluster: text(item.cluster_id),
    istiod,
    istiodVersion: null,
    version: text(item.istio_version) ?? text(item.proxy_version),
    kind: text(item.proxy_type),
    types: isObject(item.resources) ? fromResources(item.resources) : fromFields(item),
  }));
}

/** Since 1.23: one entry for each type that the proxy asks for. */
function fromResources(resources: Record<string, unknown>): Record<string, TypeStatus> {
  return orderSubscribed(
    Object.entries(resources).map(([typeUrl, value]): [string, TypeStatus] => {
      const resource = isObject(value) ? value : {};
      const sent = sentAt(resource.sentTime);
      const error = text(resource.lastError);
      const facts = { ...(sent === undefined ? {} : { sentAt: sent }), ...(error === null ? {} : { error }) };
      return [shortName(typeUrl), stateOfNonces({ sent: text(resource.sent), acked: text(resource.acked), facts })];
    }),
  );
}

function fromFields(item: Record<string, unknown>): Record<string, TypeStatus> {
  const types = NONCE_FIELDS.flatMap(([field, type, always]): [string, TypeStatus][] => {
    const sent = text(item[`${field}_sent`]);
    if (sent === null && !always) return [];
    const percent = type === 'EDS' ? item.endpoint_percent : undefined;
    const facts = typeof percent === 'number' ? { percent } : {};
    return [[type, stateOfNonces({ sent, acked: text(item[`${field}_acked`]), facts })]];
  });
  return orderTypes(types);
}

function stateOfNonces({ sent, acked, facts = {} }: Nonces): TypeStatus {
  if (facts.error !== undefined) return typeStatus('ERROR', facts);
  if (sent === null) return typeStatus('NOT SENT', facts);
  if (sent === acked) return typeStatus('SYNCED', facts);
  if (acked === null) return typeStatus('STALE', { ...facts, neverAcknowledged: true });
  const behind = timeBetween(acked, sent);
  return typeStatus('STALE', behind === null ? facts : { ...facts, behind });
}
