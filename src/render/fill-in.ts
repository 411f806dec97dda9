import { clusterParts } from '../model/services.js';
import type { TraceResult } from '../trace/result.js';
import { requestTarget } from './request-target.js';
import type { ProxyFacts } from './runbook-context.js';

/** A word in capitals that stands for something; `SERVER-POD` is another pod than the one traced. */
const PLACEHOLDER = /(?<![\w-])(POD\.NAMESPACE|HOST:PORT|ROUTE-TABLE|CLUSTER|NAMESPACE|HOST|PORT|POD)(?![\w-])/g;

/** A command of an explanation with what the trace knows in place of its placeholders; others stay as they are. */
export function fillIn(command: string, result: TraceResult, proxy: ProxyFacts | null): string {
  const { to } = requestTarget(result.request);
  const cluster = result.cluster ?? result.weightedClusters[0]?.name ?? null;
  const known: Record<string, string | null | undefined> = {
    'POD.NAMESPACE': result.proxy,
    POD: proxy?.pod,
    NAMESPACE: proxy?.namespace,
    'HOST:PORT': to,
    HOST: (cluster === null ? null : clusterParts(cluster)?.host) ?? to.replace(/:\d+$/, ''),
    PORT: String(result.request.port ?? ''),
    CLUSTER: cluster,
    'ROUTE-TABLE': result.routeConfig,
  };
  return command.replace(PLACEHOLDER, word => known[word] ?? word);
}
