import { snakeCase } from './case.js';
import type { DocumentForm } from './document.js';
import { bareGroup, type Group, groupOf, kindOfMessageKey, type ResourceKind } from './layout.js';
import { arrayItems, indexOfByte, isObjectAt, keysAt, skipSpace } from './scan.js';

const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** What the meter of curl is written with. */
const METER: ReadonlySet<number> = new Set(Buffer.from('\r\n 0123456789.:-kMGTP'));

/** What an object outside of any dump is: a message, or an entry of a dump with its message inside. */
export interface Recognised {
  readonly form: DocumentForm;
  readonly group: Group;
}

interface BareForm {
  readonly form: DocumentForm;
  readonly kind: ResourceKind;
  /** Fields that only these messages have: one is enough. */
  readonly fields: readonly string[];
  /** A field that each of them has. */
  readonly always?: string;
}

/** The messages that `istioctl proxy-config` prints, checked in this order. */
const BARE_FORMS: readonly BareForm[] = [
  {
    form: 'istioctl-endpoints',
    kind: 'cluster-status',
    fields: ['host_statuses', 'added_via_api', 'eds_service_name', 'observability_name'],
    always: 'name',
  },
  { form: 'istioctl-endpoints', kind: 'endpoint', fields: ['cluster_name'] },
  {
    form: 'istioctl-routes',
    kind: 'route',
    fields: ['virtual_hosts', 'validate_clusters', 'ignore_port_in_host_matching', 'vhds'],
  },
  {
    form: 'istioctl-listeners',
    kind: 'listener',
    fields: ['filter_chains', 'listener_filters', 'default_filter_chain', 'api_listener', 'filter_chain_matcher'],
  },
  {
    form: 'istioctl-clusters',
    kind: 'cluster',
    fields: ['connect_timeout', 'lb_policy', 'eds_cluster_config', 'cluster_type', 'load_assignment', 'alt_stat_name'],
    always: 'name',
  },
  { form: 'istioctl-bootstrap', kind: 'bootstrap', fields: ['static_resources', 'dynamic_resources'] },
];

const LISTENER_STATES = ['active_state', 'warming_state', 'draining_state'];

/** What an entry of a dump holds beside its message: always one of the first three. */
const ENTRY_FIELDS = ['@type', 'version_info', 'last_updated', 'name', 'error_state', 'client_status'];

/** Recognises an object by its keys, in either case form; null when it is nothing that is known. */
export function recogniseKeys(keys: readonly string[]): Recognised | null {
  const names = keys.map(snakeCase);
  if (names.some(name => LISTENER_STATES.includes(name))) return { form: 'config_dump', group: groupOf('listener') };
  const entry = entryKind(names);
  if (entry !== undefined) return { form: 'config_dump', group: groupOf(entry) };
  const bare = BARE_FORMS.find(
    ({ fields, always }) =>
      fields.some(field => names.includes(field)) && (always === undefined || names.includes(always)),
  );
  return bare === undefined ? null : { form: bare.form, group: bareGroup(bare.kind) };
}

/** A bootstrap with its time is a section of a dump, not an entry of one. */
function entryKind(names: readonly string[]): ResourceKind | undefined {
  const [message, ...more] = names.filter(name => !ENTRY_FIELDS.includes(name));
  const isEntry = more.length === 0 && ENTRY_FIELDS.slice(0, 3).some(field => names.includes(field));
  const kind = isEntry && message !== undefined ? kindOfMessageKey(message) : undefined;
  return kind === 'bootstrap' ? undefined : kind;
}

/** Recognises the list that begins at byte `at` by the first of its objects that tells. Throws ScanError where it breaks off before. */
export function recogniseList(bytes: Buffer, at: number): Recognised | null {
  for (const itemAt of arrayItems(bytes, at)) {
    const found = isObjectAt(bytes, itemAt) ? recogniseKeys(keysAt(bytes, itemAt)) : null;
    if (found !== null) return found;
  }
  return null;
}

/**
 * Byte at or after `from` where a JSON object or list begins: there, or at the start of a later line, behind log lines and the meter of
 * curl; -1 when there is none. A brace further to the right does not count on later lines: YAML and the diffs of istioctl hold such.
 */
export function findJson(bytes: Buffer, from = 0): number {
  const first = skipSpace(bytes, from);
  if (beginsJson(bytes, first)) return first;
  let newline = indexOfByte(bytes, NEWLINE, first);
  while (newline >= 0) {
    const at = skipMeter(bytes, newline + 1);
    if (beginsJson(bytes, at)) return at;
    newline = indexOfByte(bytes, NEWLINE, newline + 1);
  }
  return -1;
}

/** curl writes each state of its meter over the one before, with no line break behind the last: `\r  0  617k … --:--:--  0{`. */
function skipMeter(bytes: Buffer, from: number): number {
  if (bytes[from] !== CARRIAGE_RETURN) return from;
  let at = from;
  while (at < bytes.length && METER.has(bytes[at] ?? 0)) at++;
  return at;
}

/** A brace or bracket counts only with JSON behind it: log lines begin with `[2024-01-01…]`, Python prints `[{'`. */
function beginsJson(bytes: Buffer, at: number): boolean {
  if (bytes[at] === 0x7b) return isOneOf(bytes, at + 1, '"}');
  if (bytes[at] !== 0x5b) return false;
  const item = skipSpace(bytes, at + 1);
  return bytes[item] === 0x7b ? isOneOf(bytes, item + 1, '"}') : isOneOf(bytes, item, '"[]');
}

/** What the document does not hold any more may be anything. */
function isOneOf(bytes: Buffer, at: number, characters: string): boolean {
  const byte = bytes[skipSpace(bytes, at)];
  return byte === undefined || characters.includes(String.fromCharCode(byte));
}
