import type { ListedProxy, ProxyStatus, SyncState } from '../decode/proxy-status/status.js';
import { controlPlaneNotes, listedTwiceNotes } from './sync-notes/control-planes.js';
import { isMeant, listedName, missingNames, missingNote } from './sync-notes/expected.js';
import { notSentNotes } from './sync-notes/not-sent.js';
import { notSubscribedNotes } from './sync-notes/not-subscribed.js';
import { list, note, rank, type Severity, type SyncNote, worstOf } from './sync-notes/note.js';
import { shareNotes, unknownStateNotes } from './sync-notes/other-states.js';
import { rejectedNotes } from './sync-notes/rejected.js';
import { staleNotes } from './sync-notes/stale.js';
import { meshVersionNotes, proxyVersionNotes } from './sync-notes/version-skew.js';

export interface ExplainOptions {
  /** Proxies that should be listed: `pod.namespace`, `pod`, or `deploy/name.namespace`. */
  readonly expected?: readonly string[];
  /** Limits the report to these proxies, named as in `expected` or by a beginning that one proxy has; a `pod.namespace` that is not listed is missing. */
  readonly only?: readonly string[];
  /** Limits the report to the proxies of one namespace. */
  readonly namespace?: string;
}

export interface ReportedProxy {
  readonly name: string;
  readonly cluster: string | null;
  readonly istiod: string | null;
  readonly version: string | null;
  readonly types: Readonly<Record<string, { readonly state: SyncState; readonly detail: string | null }>>;
  /** The gravest first. */
  readonly notes: readonly SyncNote[];
}

/** The answer of `mesh-trace status`; the contract of its `-o json`. */
export interface StatusReport {
  readonly schemaVersion: 1;
  readonly proxies: readonly ReportedProxy[];
  /** Expected proxies that are not listed. */
  readonly missing: readonly string[];
  /** What concerns the whole listing, the gravest first. */
  readonly notes: readonly SyncNote[];
  /** The gravest severity of all notes. */
  readonly worst: Severity | null;
}

const PROXY_RULES: readonly ((proxy: ListedProxy) => SyncNote[])[] = [
  rejectedNotes,
  staleNotes,
  notSentNotes,
  notSubscribedNotes,
  shareNotes,
  unknownStateNotes,
  proxyVersionNotes,
];

/**
 * Says of every state that is not plain SYNCED what it means, whether it is normal and what to do, which proxies are
 * missing, and how the versions go together. The rules are those of istio.io (Debugging Envoy and Istiod, Supported
 * Releases) and of the istiod that wrote the listing. Throws ProxyNotFound where a name of `only` fits none or several.
 */
export function explainStatus(status: ProxyStatus, options: ExplainOptions = {}): StatusReport {
  const { expected = [] } = options;
  const only = options.only?.map(name => listedName(name, status.proxies));
  const shown = shownOf(status, { ...options, ...(only === undefined ? {} : { only }) });
  const proxies = shown.map(reportProxy);
  const missing = missingNames([...expected, ...(only ?? [])], status.proxies);
  const notes = sorted([
    ...missing.map(name => missingNote(name, status.proxies)),
    ...(only === undefined ? wholeNotes(shown) : []),
    ...listedTwiceNotes(shown),
    ...unreadNotes(status),
    ...(shown.length > 0 ? hiddenStatesNotes(status) : []),
  ]);
  return {
    schemaVersion: 1,
    proxies,
    missing,
    notes,
    worst: worstOf([...notes, ...proxies.flatMap(proxy => proxy.notes)]),
  };
}

function shownOf({ proxies }: ProxyStatus, { only, namespace }: ExplainOptions): readonly ListedProxy[] {
  if (only !== undefined) return proxies.filter(proxy => only.some(name => isMeant(name, proxy)));
  return namespace === undefined ? proxies : proxies.filter(({ name }) => name.endsWith(`.${namespace}`));
}

function reportProxy(proxy: ListedProxy): ReportedProxy {
  const { name, cluster, istiod, version } = proxy;
  const types = Object.fromEntries(
    Object.entries(proxy.types).map(([type, { state, detail }]) => [type, { state, detail }]),
  );
  return { name, cluster, istiod, version, types, notes: sorted(PROXY_RULES.flatMap(rule => rule(proxy))) };
}

function sorted(notes: readonly SyncNote[]): SyncNote[] {
  return [...notes].sort((a, b) => rank(a.severity) - rank(b.severity));
}

function wholeNotes(proxies: readonly ListedProxy[]): SyncNote[] {
  return proxies.length === 0 ? [emptyNote()] : [...meshVersionNotes(proxies), ...controlPlaneNotes(proxies)];
}

function emptyNote(): SyncNote {
  return note({
    code: 'no-proxies',
    severity: 'error',
    title: 'no proxies',
    text: 'The listing is whole and names no proxy: none is connected to this istiod.',
    remedy: 'Check that the listing is of the right cluster, revision and namespace, and that pods have sidecars.',
    commands: ['istioctl version', 'kubectl get pods -A -l service.istio.io/canonical-name'],
  });
}

const MAX_LINES = 5;

function unreadNotes({ unread }: ProxyStatus): SyncNote[] {
  if (unread.length === 0) return [];
  const lines = list(unread.slice(0, MAX_LINES).map(({ line }) => String(line)));
  const more = unread.length > MAX_LINES ? ` and ${unread.length - MAX_LINES} more` : '';
  return [
    note({
      code: 'unread-lines',
      severity: 'warning',
      title: 'not all was read',
      text: `Nothing could be made of what begins at ${unread.length === 1 ? 'line' : 'lines'} ${lines}${more}; proxies may be missing here. The first says: ${unread[0]?.text ?? ''}`,
      remedy: 'Capture the listing again if it was cut off.',
    }),
  ];
}

function hiddenStatesNotes({ layout }: ProxyStatus): SyncNote[] {
  if (layout !== 'subscriptions') return [];
  return [
    note({
      code: 'states-not-shown',
      severity: 'info',
      title: 'states are not shown',
      text: 'The plain table of istioctl 1.27 and later names the types that each proxy asks for, not whether they are in sync.',
      remedy: 'List them with their states.',
      commands: ['istioctl proxy-status -o json', 'istioctl proxy-status -v 1'],
    }),
  ];
}
