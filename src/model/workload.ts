import type { DecodedDocument } from '../decode/document.js';
import { entriesOf } from '../decode/entry-list.js';
import { isObject } from '../decode/json.js';
import { View } from './view.js';

/** A pod as a ztunnel's dump knows it (istio/ztunnel src/state/workload.rs, as `istioctl ztunnel-config all -o json` prints it). */
export interface Workload {
  readonly name: string;
  readonly namespace: string;
  readonly workloadName: string;
  /** SPIFFE id of its service account; null where the dump does not tell. */
  readonly principal: string | null;
  /** `HBONE` where a ztunnel or waypoint takes its traffic, else `TCP`. */
  readonly protocol: string;
}

/** The workloads of ztunnels' dumps by each of their addresses. */
export function workloadsOf(documents: readonly DecodedDocument[]): ReadonlyMap<string, Workload> {
  const workloads = new Map<string, Workload>();
  const lists = documents.flatMap(document => document.lists.filter(({ kind }) => kind === 'workload'));
  for (const entry of entriesOf(lists)) {
    if (!isObject(entry.message)) continue;
    const view = new View(entry.message, entry.pointer);
    const workload = workloadOf(view);
    for (const ip of view.strings('workload_ips')) workloads.set(ip, workload);
  }
  return workloads;
}

function workloadOf(view: View): Workload {
  const name = view.string('name') ?? '';
  const namespace = view.string('namespace') ?? '';
  const account = view.string('service_account');
  const trustDomain = view.string('trust_domain') || 'cluster.local';
  return {
    name,
    namespace,
    workloadName: view.string('workload_name') || name,
    principal: account === undefined ? null : `spiffe://${trustDomain}/ns/${namespace}/sa/${account}`,
    protocol: view.string('protocol') ?? 'TCP',
  };
}
