import type { Unknown } from '../match/ternary.js';
import type { Extension } from '../model/extension.js';
import type { ProxyConfig } from '../model/proxy.js';
import type { Resource } from '../model/resource.js';
import type { View } from '../model/view.js';
import type { Choices } from './choices.js';
import type { FilterStateObject } from './filter-state.js';
import { type HttpRequest, Own, Rewrite, WatchedRequest } from './own.js';
import { type Ending, endingOf, type Reason } from './reasons.js';
import type { ResolvedRequest } from './request.js';
import type { Endpoint, HopName, Step, StepStatus } from './result.js';
import type { Tunnel } from './tunnel.js';

/** What the listener filters found out about a connection. */
export interface Connection {
  /** Null where nobody looked (no TLS inspector) or the client sent none. */
  sni: string | null;
  applicationProtocols: string[];
  transportProtocol: 'tls' | 'raw_buffer';
  /** What the connection carries once the chain's transport socket is through with it. */
  isTls: boolean;
}

/** A route table and where it comes from. */
export interface RouteTable {
  readonly name: string | null;
  readonly view: View;
  /** The document holding it: the listener for inline tables. */
  readonly resource: Resource;
}

/** An end that Envoy reaches. */
export interface End extends Ending {
  readonly reason: Reason | null;
  /** The sentence's second half: why it ends so. */
  readonly because: string;
}

/** What a step is made of beside hop and status; everything may be left out but `why`. */
export interface StepParts {
  name?: string | null;
  pointer?: string | null;
  why: string;
  details?: string[];
  candidates?: Step['candidates'];
  evidence?: Step['evidence'];
  istioctl?: string[];
}

/** One trace under way: what is known so far, filled in hop by hop. Hops add to `steps` and look at none of them. */
export class Tracing {
  /** What the request has of its own. */
  readonly own: Own;
  readonly request: WatchedRequest;
  readonly steps: Step[] = [];
  readonly assumptions = new Set<string>();
  readonly missing = new Set<string>();
  connection: Connection;
  listener: Resource | null = null;
  /** The filter chain and its number, or `default`. */
  filterChain: View | null = null;
  /** The chain's last filter that decides where the connection goes. */
  terminal: Extension | null = null;
  http: HttpRequest | null = null;
  routeTable: RouteTable | null = null;
  virtualHost: View | null = null;
  route: View | null = null;
  weightedCluster: View | null = null;
  virtualCluster: string | null = null;
  /** An end that only the router filter brings about, after all other HTTP filters. */
  pending: End | null = null;
  cluster: string | null = null;
  clusterWeight: number | null = null;
  clusterResource: Resource | null = null;
  /** Branches by weight, as configured, whichever is taken. */
  weights: { name: string | null; weight: number }[] = [];
  readonly rewrite: Rewrite;
  redirect: { url: string; code: number } | null = null;
  mirrors: { cluster: string; share: number }[] = [];
  retries: Record<string, unknown> | null = null;
  timeout: string | null = null;
  endpoints: readonly Endpoint[] = [];
  /** Conditions under which the verdict holds: `ext_authz at cluster x allows it`. */
  readonly conditions: string[] = [];
  /** Keys under envoy.lb by which the route or the TCP proxy narrows the endpoints to a subset. */
  readonly subsetKeys = new Map<string, unknown>();
  /** What filters set for the connection or the request, by key. */
  readonly filterState = new Map<string, FilterStateObject>();
  /** The connection came inside an HBONE tunnel: its peer's identity stands in filter state. */
  isTunnelled = false;
  /** What led the connection to an internal listener of this Envoy; null where it came from outside. */
  tunnel: Tunnel | null = null;
  /** Of each endpoint, what its metadata tells an internal listener of this Envoy. */
  tunnels: readonly Tunnel[] = [];
  end: End | null = null;

  constructor(
    readonly proxy: ProxyConfig,
    request: ResolvedRequest,
    readonly choices: Choices,
    /** Reference time that was given, RFC 3339; null where none was. */
    readonly givenNow: string | null,
    /** The same object for requests that differ in nothing but what is their own. */
    readonly kind: object = request,
  ) {
    this.own = new Own(request.id, request.path);
    this.request = new WatchedRequest(request, this.own);
    this.rewrite = new Rewrite(this.own);
    this.connection = {
      sni: null,
      applicationProtocols: [],
      transportProtocol: 'raw_buffer',
      isTls: request.tls !== 'plaintext',
    };
  }

  /** Reference time: the one that was given, else the newest update of the configuration; null leaves expiry out. Few traces need it. */
  get now(): string | null {
    return this.givenNow ?? this.proxy.newestUpdate;
  }

  /** True where a TCP proxy, not HTTP, handles the connection. */
  get isTcp(): boolean {
    return this.terminal !== null && this.terminal.kind !== 'http_connection_manager';
  }

  step(hop: HopName, status: StepStatus, parts: StepParts): void {
    this.steps.push({
      hop,
      status,
      name: parts.name ?? null,
      pointer: parts.pointer ?? null,
      why: parts.why,
      details: parts.details ?? [],
      candidates: parts.candidates ?? [],
      evidence: parts.evidence ?? [],
      istioctl: parts.istioctl ?? [],
    });
  }

  /** An end for a reason of the table, with what differs from it. */
  ending(reason: Reason, because: string, differs: Partial<Ending> = {}): End {
    return { ...endingOf(reason, this.isTcp), ...differs, reason, because };
  }

  /** Ends the trace for a reason of the table. */
  finish(reason: Reason, because: string, differs: Partial<Ending> = {}): void {
    this.end = this.ending(reason, because, differs);
  }

  /** Ends the trace as undetermined: says what is missing. */
  undetermined(hop: HopName, unknown: Unknown, because: string, parts: Partial<StepParts> = {}): void {
    this.step(hop, unknown.unknown, { ...parts, why: because });
    this.missing.add(unknown.what);
    this.finish('missing_evidence', because);
  }
}
