import { clusterParts } from '../model/services.js';
import { quote } from '../trace/evidence.js';
import type { TraceResult } from '../trace/result.js';
import { requestTarget } from './request-target.js';

/** A word in capitals, in quotes or not, that stands for something; `SERVER-POD` is another pod than the one traced. */
const PLACEHOLDER = /(?<![\w-])("?)(POD\.NAMESPACE|HOST:PORT|ROUTE-TABLE|CLUSTER|NAMESPACE|HOST|PORT|POD)\1(?![\w-])/g;

/** What a trace knows of its request. */
export type Known = Pick<TraceResult, 'proxy' | 'request' | 'cluster' | 'weightedClusters' | 'routeConfig'>;

/**
 * A command of an explanation with what the trace knows in place of its placeholders, each quoted for a POSIX shell where it needs it; others
 * stay as they are.
 *
 * @param proxy the pod that was traced
 */
export function fillIn(
  command: string,
  result: Known,
  proxy: { readonly pod: string | null; readonly namespace: string | null } | null,
): string {
  const { to } = requestTarget(result.request);
  const cluster = result.cluster ?? result.weightedClusters[0]?.name ?? null;
  const known: Readonly<Record<string, string | null | undefined>> = {
    'POD.NAMESPACE': result.proxy,
    POD: proxy?.pod,
    NAMESPACE: proxy?.namespace,
    'HOST:PORT': to,
    HOST: (cluster === null ? null : clusterParts(cluster)?.host) ?? to.replace(/:\d+$/, ''),
    PORT: String(result.request.port ?? ''),
    CLUSTER: cluster,
    'ROUTE-TABLE': result.routeConfig,
  };
  return command.replace(PLACEHOLDER, (written: string, _quote, word: string) => {
    const value = known[word] ?? '';
    return value === '' ? written : quote(value);
  });
}
