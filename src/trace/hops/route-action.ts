import { runtimeFraction } from '../../match/fraction.js';
import { unsupported } from '../../match/ternary.js';
import type { View } from '../../model/view.js';
import { evidenceOf, istioctl } from '../evidence.js';
import { changeHeaders } from '../header-changes.js';
import { headerLookup } from '../headers.js';
import { percent } from '../percent.js';
import { rewrittenHost, rewrittenPath } from '../rewrite.js';
import { retriesOf, timeoutOf } from '../timeouts.js';
import type { Tracing } from '../tracing.js';
import { chooseWeighted, describeWeights } from '../weighted.js';

/** Forwards to a cluster: by name, by header or by weight; with rewrites, mirrors, retries and timeout. */
export function routeAction(trace: Tracing, route: View, action: View): void {
  const { routeTable } = trace;
  if (routeTable === null) return;
  const evidence = [evidenceOf(routeTable.resource, action.pointer)];
  const common = { evidence, istioctl: [istioctl.routes(trace.proxy.name, routeTable.name ?? '')] };
  const chosen = clusterOf(trace, action);
  if (chosen === null) return;
  const headers = changeHeaders(trace, route, chosen.weighted);
  rewrite(trace, route, action, chosen.weighted);
  trace.mirrors = mirrorsOf(action);
  trace.retries = retriesOf(action, trace.virtualHost);
  trace.timeout = timeoutOf(trace, action);
  trace.cluster = chosen.name;
  subsetKeys(trace, action, chosen.weighted);
  trace.step('action', 'matched', {
    ...common,
    name: chosen.name,
    pointer: chosen.pointer,
    why: chosen.why,
    details: [...chosen.others, ...describe(trace, route, headers)],
  });
}

interface ChosenCluster {
  readonly name: string;
  readonly pointer: string;
  readonly why: string;
  readonly weighted: View | null;
  /** The other weighted clusters, each with its weight. */
  readonly others: readonly string[];
}

function clusterOf(trace: Tracing, action: View): ChosenCluster | null {
  const cluster = action.string('cluster');
  if (cluster !== undefined)
    return {
      name: cluster,
      pointer: action.at('cluster'),
      why: 'the only cluster of the route',
      weighted: null,
      others: [],
    };
  const header = action.string('cluster_header');
  if (header !== undefined) return clusterByHeader(trace, action, header);
  const weighted = action.get('weighted_clusters');
  if (weighted !== undefined) return weightedCluster(trace, weighted);
  const plugin =
    action.get('inline_cluster_specifier_plugin')?.get('extension')?.string('name') ??
    action.string('cluster_specifier_plugin') ??
    'without a name';
  trace.undetermined(
    'action',
    unsupported(`cluster specifier plugin ${plugin}`),
    `the cluster specifier plugin ${plugin} chooses the cluster at run time`,
  );
  return null;
}

/** A request without the header has no cluster: Envoy answers as for a cluster that does not exist. */
function clusterByHeader(trace: Tracing, action: View, header: string): ChosenCluster | null {
  const value = headerLookup(trace)(header.toLowerCase());
  if (value !== undefined && value !== '') {
    return {
      name: value,
      pointer: action.at('cluster_header'),
      why: `header ${header} names it`,
      weighted: null,
      others: [],
    };
  }
  const why = `the route takes the cluster from header ${header}, which the request does not have`;
  trace.step('action', 'rejected', { pointer: action.at('cluster_header'), why });
  trace.finish('no_cluster', why, { responseCode: clusterNotFoundCode(action) });
  return null;
}

function weightedCluster(trace: Tracing, weighted: View): ChosenCluster | null {
  const byHeader = weighted.string('header_name');
  if (byHeader !== undefined && byHeader !== '')
    trace.assumptions.add(`header ${byHeader}, which would pick the weighted cluster, is not evaluated`);
  const chosen = chooseWeighted(trace, weighted.list('clusters'));
  trace.weightedCluster = chosen;
  const header = chosen.string('cluster_header');
  const name = chosen.string('name') || (header === undefined ? '' : (headerLookup(trace)(header.toLowerCase()) ?? ''));
  return { name, pointer: chosen.pointer, ...describeWeights(trace, name), weighted: chosen };
}

/** The code for a cluster that does not exist: 503 unless the route says otherwise. */
export function clusterNotFoundCode(action: View | undefined): number {
  return { NOT_FOUND: 404, INTERNAL_SERVER_ERROR: 500 }[action?.string('cluster_not_found_response_code') ?? ''] ?? 503;
}

function rewrite(trace: Tracing, route: View, action: View, weighted: View | null): void {
  const match = route.get('match');
  const path = rewrittenPath(trace, action, match);
  if (path !== null) trace.rewrite.path = path;
  const literal = weighted?.string('host_rewrite_literal');
  const host = literal ?? rewrittenHost(trace, action);
  if (host !== null && host !== undefined) trace.rewrite.host = host;
}

/** `request_mirror_policies`, and the single `request_mirror_policy` of API v2. */
function mirrorsOf(action: View): Tracing['mirrors'] {
  const policies = [...action.list('request_mirror_policies'), ...action.list('request_mirror_policy')];
  return policies.map(policy => ({
    cluster: policy.string('cluster') ?? policy.string('cluster_header') ?? '',
    share: runtimeFraction(policy.get('runtime_fraction')) ?? 1,
  }));
}

/** `metadata_match` narrows the endpoints to a subset; a weighted cluster's own keys win. */
function subsetKeys(trace: Tracing, action: View, weighted: View | null): void {
  for (const holder of [action, weighted]) {
    const keys = holder?.path('metadata_match', 'filter_metadata')?.get('envoy.lb');
    for (const [key, value] of Object.entries(keys?.value ?? {})) trace.subsetKeys.set(key, value);
  }
}

function describe(trace: Tracing, route: View, headers: readonly string[]): string[] {
  const { rewrite: rewritten, mirrors, retries, timeout } = trace;
  const details: string[] = [];
  if (rewritten.path !== null) details.push(`path becomes ${rewritten.path}`);
  if (rewritten.host !== null) details.push(`host becomes ${rewritten.host}`);
  for (const { cluster, share } of mirrors)
    details.push(`mirrored to ${cluster}${share < 1 ? ` (${percent(share)})` : ''}`);
  if (timeout !== null) details.push(`timeout ${timeout === '0s' ? 'none (0s)' : timeout}`);
  if (retries !== null) details.push(`retries ${retries.num_retries ?? 1} on ${retries.retry_on ?? 'nothing'}`);
  details.push(...headers);
  const origin = route.path('metadata', 'filter_metadata', 'istio')?.string('config');
  if (origin !== undefined)
    details.push(`from ${origin.replace(/^\/apis\/[^/]+\/[^/]+\/namespaces\//, '').replace('/', ' ')}`);
  return details;
}
