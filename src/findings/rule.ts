import type { ProxyConfig } from '../model/proxy.js';
import type { Resource } from '../model/resource.js';
import type { Snapshot } from '../model/snapshot.js';
import type { TraceResult, Verdict } from '../trace/result.js';
import type { FindingCode } from './codes.js';
import type { Draft } from './finding.js';
import type { ChainSubject, RouteSubject, TableSubject, VirtualHostSubject } from './subjects.js';
import type { Touched } from './touched.js';

/** What every rule may look at beside its subject. */
export interface Scope {
  readonly proxy: ProxyConfig;
  readonly snapshot: Snapshot;
  /** The reference time in milliseconds since 1970; null where nothing tells one. */
  readonly now: number | null;
}

/** One proxy’s part of a trace and what it touched there. */
export interface TraceScope extends Scope {
  /** What this proxy decided itself. */
  readonly result: TraceResult;
  /** How the request ends in the end, whichever proxy ends it. */
  readonly end: Verdict;
  readonly touched: Touched;
  /** The part of the proxy behind this one, where its configuration is at hand. */
  readonly peer: TraceScope | null;
  /** This is the part of a proxy behind another one. */
  readonly isPeer: boolean;
}

/**
 * One kind of problem. A rule says what it finds in the subjects that it names; a check shows it every one of them, a trace those
 * that the request touched.
 */
export interface Rule {
  readonly code: FindingCode;
  readonly proxy?: (scope: Scope) => Draft[];
  readonly listener?: (listener: Resource, scope: Scope) => Draft[];
  readonly chain?: (chain: ChainSubject, scope: Scope) => Draft[];
  readonly table?: (table: TableSubject, scope: Scope) => Draft[];
  readonly virtualHost?: (virtualHost: VirtualHostSubject, scope: Scope) => Draft[];
  readonly route?: (route: RouteSubject, scope: Scope) => Draft[];
  readonly cluster?: (cluster: Resource, scope: Scope) => Draft[];
  readonly secret?: (secret: Resource, scope: Scope) => Draft[];
  /** All proxies together; checks only. */
  readonly snapshot?: (scope: Omit<Scope, 'proxy'>) => Draft[];
  readonly trace?: (trace: TraceScope) => Draft[];
}
