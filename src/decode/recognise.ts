import { snakeCase } from './case.js';
import type { DocumentForm } from './document.js';
import type { ResourceKind } from './layout.js';
import { isObjectAt, skipSpace, skipValue, walkArray, walkObject } from './scan.js';

/** What a list of bare resources holds: the answer of one `istioctl proxy-config` subcommand. */
export interface ListForm {
  readonly form: DocumentForm;
  readonly kind: ResourceKind;
}

/** A form is recognised by fields that only its messages have, checked in this order. */
const FIELDS: readonly (ListForm & { readonly fields: readonly string[] })[] = [
  {
    form: 'istioctl-endpoints',
    kind: 'cluster-status',
    fields: ['host_statuses', 'added_via_api', 'eds_service_name', 'observability_name'],
  },
  { form: 'istioctl-endpoints', kind: 'endpoint', fields: ['cluster_name', 'endpoints'] },
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
  },
];

/** Recognises a bare resource by its keys, in either case form; null when it is none that is known. */
export function recogniseKeys(keys: readonly string[]): ListForm | null {
  const names = new Set(keys.map(snakeCase));
  const found = FIELDS.find(form => form.fields.some(field => names.has(field)));
  return found === undefined ? null : { form: found.form, kind: found.kind };
}

/** Recognises the list that begins at byte `at` by the first of its objects that tells. */
export function recogniseList(bytes: Buffer, at: number): ListForm | null {
  let found: ListForm | null = null;
  walkArray(bytes, at, (_, itemAt) => {
    if (found !== null || !isObjectAt(bytes, itemAt)) return skipValue(bytes, itemAt);
    const keys: string[] = [];
    const end = walkObject(bytes, itemAt, (key, valueAt) => {
      keys.push(key);
      return skipValue(bytes, valueAt);
    });
    found = recogniseKeys(keys);
    return end;
  });
  return found;
}

/** Byte where the first JSON object or list begins: at the start, or at the start of a line behind log lines; -1 when there is none. */
export function findJson(bytes: Buffer): number {
  for (let at = 0; at < bytes.length; ) {
    const first = skipSpace(bytes, at);
    if (beginsJson(bytes, first)) return first;
    const newline = bytes.indexOf(0x0a, first);
    if (newline < 0) return -1;
    at = newline + 1;
  }
  return -1;
}

/** A brace or bracket counts only with JSON behind it: log lines begin with `[2024-01-01…]`. */
function beginsJson(bytes: Buffer, at: number): boolean {
  const open = bytes[at];
  const next = bytes[skipSpace(bytes, at + 1)];
  if (open === 0x7b) return next === 0x22 || next === 0x7d || next === undefined;
  return open === 0x5b && (next === 0x7b || next === 0x5d || next === undefined);
}
