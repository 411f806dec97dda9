/** One decision of Envoy, in the order in which it takes them. */
export const HOPS = [
  'capture',
  'listener',
  'listener-filters',
  'filter-chain',
  'downstream-tls',
  'network-filters',
  'route-table',
  'virtual-host',
  'route',
  'http-filters',
  'action',
  'cluster',
  'upstream-tls',
  'endpoints',
  'peer',
] as const;

export type HopName = (typeof HOPS)[number];

/** What a hop decided. `unsupported` names an extension that configuration alone does not decide; `needs-input` a request field nobody gave. */
export type StepStatus = 'matched' | 'rejected' | 'unsupported' | 'needs-input';

export type Outcome = 'forwarded' | 'passthrough' | 'blackholed' | 'responded' | 'closed' | 'mixed' | 'undetermined';

/** Something that a hop could have chosen and did not. */
export interface Candidate {
  name: string | null;
  pointer: string;
  /** The first criterion that failed, by Envoy's field name: `domains`, `prefix`, `headers`, `destination_port`. */
  criterion: string;
  /** The failure in words: `header end-user is absent`. */
  reason: string;
}

/** What a claim rests on. */
export interface Evidence {
  /** Name of the document as the source gave it: a relative path or a command. */
  document: string;
  pointer: string;
  /** Resource kind (`listener`, `route`, `cluster`, ...) and name. */
  kind: string;
  name: string | null;
}

export interface Step {
  hop: HopName;
  status: StepStatus;
  /** Name of what was chosen; null where Envoy has none. */
  name: string | null;
  /** RFC 6901 pointer of what was chosen in its document; null where the hop chooses nothing that a document holds. */
  pointer: string | null;
  /** One sentence on the decision, without a full stop. */
  why: string;
  /** Further facts worth a line each: `timeout: 15s`. */
  details: string[];
  candidates: Candidate[];
  evidence: Evidence[];
  /** Commands that show the same in a live cluster. */
  istioctl: string[];
  /** The branch that the step belongs to, where several remain: its share, and its cluster or those of its endpoints that end so; absent on the common part. */
  branch?: string;
}

export interface WeightedCluster {
  name: string | null;
  weight: number | null;
  /** Part of all requests of this kind that takes the branch, 0 to 1. */
  share: number;
  /** How the branch ends; absent where `random` chose another one. */
  outcome?: Outcome;
  reason?: string | null;
  responseCode?: number | null;
  responseFlag?: string | null;
}

export interface Endpoint {
  address: string;
  /** HEALTHY, DEGRADED, UNHEALTHY, DRAINING, TIMEOUT or UNKNOWN, with what failed: `UNHEALTHY (failed_outlier_check)`. */
  health: string;
  priority: number;
  /** `region/zone/sub_zone`; empty where none is set. */
  locality: string;
  /** Part of the cluster's requests that it gets, 0 to 1. */
  share: number;
  /** The TLS that the cluster uses towards it: `plaintext`, `tls`, `mtls`. */
  tls?: string;
  weight?: number;
  metadata?: Record<string, unknown>;
}

export interface FindingSummary {
  code: string;
  severity: 'error' | 'warning' | 'info';
  title: string;
  /** The object to change. */
  resource: { kind: string; namespace: string | null; name: string } | null;
  pointer: string | null;
  why: string;
  remedy: string;
}

/** The verdict of one side. */
export interface Verdict {
  outcome: Outcome;
  responseCode: number | null;
  responseFlag: string | null;
  responseCodeDetails: string | null;
  reason: string | null;
}

/** The answer to one request; the contract of `-o json` (docs/result.schema.json). */
export interface TraceResult extends Verdict {
  schemaVersion: 1;
  id: string;
  proxy: string | null;
  request: Record<string, unknown>;
  /** The verdict in one sentence that a newcomer understands. */
  sentence: string;
  listener: string | null;
  filterChain: string | null;
  routeConfig: string | null;
  virtualHost: string | null;
  route: string | null;
  cluster: string | null;
  weightedClusters: WeightedCluster[];
  virtualCluster: string | null;
  rewrite: { path: string | null; host: string | null };
  /** The URI and code of a redirect or direct response; a direct response sends it as Location with 201 and 3xx only. */
  redirect: { url: string; code: number } | null;
  mirrors: { cluster: string; share: number }[];
  retries: Record<string, unknown>;
  timeout: string | null;
  endpoints: readonly Endpoint[];
  steps: Step[];
  findings: FindingSummary[];
  assumptions: string[];
  missing: string[];
  /** The half of the receiving proxy, where its configuration is at hand. */
  peer?: TraceResult;
  endedBy?: 'client' | 'server';
  client?: Verdict;
}
