/**
 * How far istiod and one proxy agree on one xDS type, in the words of `istioctl proxy-status`. `SUBSCRIBED` stands where
 * a listing (the plain table since 1.27) names the types without their state, `UNKNOWN` for a word that is not known.
 */
export type SyncState = 'SYNCED' | 'STALE' | 'NOT SENT' | 'ERROR' | 'IGNORED' | 'SUBSCRIBED' | 'UNKNOWN';

/** What a listing may say about a state beside the word. */
export interface SyncFacts {
  /** 1.0 and 1.1, EDS only: how many of the EDS clusters that Pilot knows the proxy asks for, in per cent. */
  readonly percent?: number;
  readonly neverAcknowledged?: boolean;
  /** 1.0: how much older the acknowledged update is than the last one sent: `1m2s`. */
  readonly behind?: string;
  /** Since 1.23: how long ago the last update was sent: `39m`. */
  readonly age?: string;
  /** When the last update was sent, RFC 3339 in seconds. */
  readonly sentAt?: string;
  /** Envoy's words for why it rejected the last update. */
  readonly error?: string;
  /** Anything else that stands in parentheses, or the unknown word itself. */
  readonly remark?: string;
}

export interface TypeStatus extends SyncFacts {
  readonly state: SyncState;
  /** All facts in one line for people: `Never Acknowledged, 50%`; null when there are none. */
  readonly detail: string | null;
}

/** One proxy as one istiod lists it. */
export interface ListedProxy {
  /** `pod.namespace`. */
  readonly name: string;
  /** Kubernetes cluster (CLUSTER_ID), null where the listing does not tell. */
  readonly cluster: string | null;
  /** Pod name of the istiod or Pilot that the proxy is connected to. */
  readonly istiod: string | null;
  /** Version of that istiod; only JSON and YAML tell it. */
  readonly istiodVersion: string | null;
  /** The proxy's own version. */
  readonly version: string | null;
  /** istioctl found no Istio version, printed the proxy's and marked it with a star (1.2 to 1.20). */
  readonly versionGuessed?: boolean;
  /** Node type, where the listing tells it: `sidecar`, `router`, `waypoint`, `ztunnel`. */
  readonly kind: string | null;
  /** By short name (`CDS`), in the order CDS, LDS, EDS, RDS, ECDS, SDS, others by name. */
  readonly types: Readonly<Record<string, TypeStatus>>;
}

/** A line, or a document that begins at that line, of which nothing could be made. */
export interface UnreadLine {
  readonly line: number;
  readonly text: string;
}

export type StatusLayout = 'table' | 'subscriptions' | 'json' | 'yaml' | 'syncz';

/** One listing, whatever layout it came in. */
export interface ProxyStatus {
  readonly layout: StatusLayout;
  /** Sorted by name, then istiod. */
  readonly proxies: readonly ListedProxy[];
  readonly unread: readonly UnreadLine[];
}

/** A state with its facts, and the facts in one line. */
export function typeStatus(state: SyncState, facts: SyncFacts = {}): TypeStatus {
  return { state, detail: detailOf(facts), ...facts };
}

function detailOf(facts: SyncFacts): string | null {
  const parts = [
    facts.error,
    facts.neverAcknowledged ? 'Never Acknowledged' : undefined,
    facts.behind,
    facts.age,
    facts.sentAt === undefined ? undefined : `sent ${facts.sentAt}`,
    facts.percent === undefined ? undefined : `${facts.percent}%`,
    facts.remark,
  ].filter(part => part !== undefined);
  return parts.length === 0 ? null : parts.join(', ');
}

/** The listing with its proxies sorted. */
export function proxyStatus(
  layout: StatusLayout,
  proxies: readonly ListedProxy[],
  unread: readonly UnreadLine[],
): ProxyStatus {
  return { layout, proxies: [...proxies].sort(byName), unread };
}

/**
 * Several listings as one: of several istiods, or the same one saved more than once. What a later one repeats of an
 * earlier one is left out; a proxy that one listing itself names twice stays so.
 */
export function mergeProxyStatuses(first: ProxyStatus, ...others: readonly ProxyStatus[]): ProxyStatus {
  const proxies = [...first.proxies];
  const seen = new Set(proxies.map(connection));
  for (const other of others) {
    const fresh = other.proxies.filter(proxy => !seen.has(connection(proxy)));
    proxies.push(...fresh);
    for (const proxy of fresh) seen.add(connection(proxy));
  }
  return proxyStatus(
    first.layout,
    proxies,
    [first, ...others].flatMap(({ unread }) => unread),
  );
}

function connection({ name, cluster, istiod }: ListedProxy): string {
  return JSON.stringify([name, cluster, istiod]);
}

function byName(a: ListedProxy, b: ListedProxy): number {
  return (
    compare(a.name, b.name) || compare(a.cluster ?? '', b.cluster ?? '') || compare(a.istiod ?? '', b.istiod ?? '')
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
