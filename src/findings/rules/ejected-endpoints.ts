import type { Resource } from '../../model/resource.js';
import { evidenceOf, istioctl } from '../../trace/evidence.js';
import { type ClusterHealth, healthOfCluster } from '../cluster-health.js';
import type { Severity } from '../codes.js';
import { type Draft, describeObject } from '../finding.js';
import { edit } from '../kubectl.js';
import { originOf, serviceOfCluster } from '../provenance.js';
import type { Rule } from '../rule.js';
import { describeServiceCluster } from '../service-cluster.js';
import { count, list } from '../words.js';

/**
 * Endpoints that outlier detection took out: an error where none is left, worth knowing where others take the load, which is its purpose.
 */
export const ejectedEndpoints: Rule = {
  code: 'ejected-endpoints',
  cluster: (cluster, { proxy }) => {
    const health = healthOfCluster(proxy, cluster);
    return health === null || health.ejected.length === 0 ? [] : [draftOf(cluster, health, proxy.name)];
  },
};

function draftOf(cluster: Resource, health: ClusterHealth, proxy: string): Draft {
  const { ejected, hosts, isUnusable, isPanicking, source } = health;
  const rule = originOf(cluster.view);
  const detection =
    rule === null || !cluster.view.has('outlier_detection')
      ? 'outlier detection'
      : `the outlier detection of ${describeObject(rule)}`;
  const which =
    ejected.length === hosts.length ? allOf(hosts.length) : `${ejected.length} of ${count(hosts.length, 'endpoint')}`;
  const effect = isUnusable
    ? 'No endpoint is left: requests end in 503 UH.'
    : isPanicking
      ? 'So few are healthy that Envoy uses all of them all the same (panic mode).'
      : 'The others take the load.';
  const change = rule === null ? '' : ` or relax its outlierDetection (${edit(rule)})`;
  return {
    severity: severityOf(health),
    resource: serviceOfCluster(cluster),
    evidence: [...(source === null ? [] : [evidenceOf(source)]), evidenceOf(cluster)],
    why: `${which} of ${describeServiceCluster(cluster)} (${list(ejected)}) ${ejected.length === 1 ? 'is' : 'are'} ejected by ${detection} after failures. ${effect}`,
    remedy: `See which pods they are (\`${istioctl.endpoints(proxy, cluster.name ?? '')}\`), and find out in their logs why they fail. They come back by themselves after the ejection time; mend the pods${change}.`,
  };
}

function allOf(number: number): string {
  return number === 1 ? 'The only endpoint' : `All ${number} endpoints`;
}

function severityOf({ ejected, hosts, isUnusable }: ClusterHealth): Severity {
  if (ejected.length < hosts.length) return 'info';
  if (isUnusable) return 'error';
  return hosts.length > 1 ? 'warning' : 'info';
}
