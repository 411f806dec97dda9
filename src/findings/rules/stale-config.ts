import type { Found } from '../../compare/drift/find.js';
import { addressOf, formatAddress } from '../../model/address.js';
import type { Resource } from '../../model/resource.js';
import { evidenceOf } from '../../trace/evidence.js';
import { driftOf, driftOnTheWay, SENT_KINDS, type SentKind } from '../drift.js';
import type { Draft } from '../finding.js';
import type { Rule, Scope } from '../rule.js';
import { stepOf } from '../touched.js';
import { list } from '../words.js';

const XDS: Record<SentKind, string> = { listener: 'LDS', route: 'RDS', cluster: 'CDS', endpoint: 'EDS' };

/**
 * Envoy against what istiod has for it (its /debug/config_dump), by meaning: an update that was not sent or did not arrive.
 * https://istio.io/latest/docs/ops/diagnostic-tools/proxy-cmd/ (proxy-status, STALE)
 */
export const staleConfig: Rule = {
  code: 'stale-config',
  proxy: scope => draftsOf(driftOf(scope), scope),
  trace: trace => draftsOf(driftOnTheWay(trace, stepOf(trace.result, 'route-table')?.name ?? null), trace),
};

/** One draft for each kind of resource: what is stale is so for one reason. */
function draftsOf(found: readonly Found[], scope: Scope): Draft[] {
  return SENT_KINDS.flatMap(kind => {
    const own = found.filter(({ pair }) => pair.kind === kind);
    return own.length === 0 ? [] : [draftOf(kind, own, scope)];
  });
}

function draftOf(kind: SentKind, found: readonly Found[], { proxy }: Scope): Draft {
  const { node } = proxy;
  const pod = node?.pod ?? proxy.name;
  const namespace = node?.namespace ?? 'NAMESPACE';
  return {
    resource: { kind: 'Proxy', namespace: node?.namespace ?? null, name: pod },
    evidence: found.flatMap(({ pair }) => {
      const shown = pair.right.active ?? pair.left.active;
      return shown === null ? [] : [evidenceOf(shown)];
    }),
    why: `${XDS[kind]} of ${proxy.name} is not what istiod has: ${list(found.map(describe), 3)}. Requests go by the old configuration.`,
    remedy: `See what differs (\`mesh-trace diff ${proxy.name}\`), whether istiod sends it (\`istioctl proxy-status\`) and whether Envoy takes it (\`kubectl logs ${pod} -n ${namespace} -c istio-proxy | grep -i warning\`). A restart of the pod loads everything anew (\`kubectl delete pod ${pod} -n ${namespace}\`).`,
  };
}

function describe({ pair, change, paths }: Found): string {
  if (change === 'only-left') return `${pair.name} is missing in Envoy`;
  if (change === 'only-right') return `${pair.name} is in Envoy only`;
  if (pair.kind === 'endpoint')
    return `${pair.name}: Envoy has ${addresses(pair.right.active)}, istiod ${addresses(pair.left.active)}`;
  return `${pair.name} differs at ${list(
    paths.map(({ at }) => at),
    3,
  )}`;
}

function addresses(assignment: Resource | null): string {
  const groups = assignment?.view.list('endpoints') ?? [];
  const all = groups.flatMap(group =>
    group.list('lb_endpoints').map(endpoint => formatAddress(addressOf(endpoint.path('endpoint', 'address')))),
  );
  return all.length === 0 ? 'none' : list(all, 4);
}
