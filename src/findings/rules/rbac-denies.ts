import { isObject } from '../../decode/json.js';
import { authorizationPolicyOf } from '../../match/authorization-policy.js';
import { isWaypoint } from '../../model/waypoint.js';
import { evidenceOf } from '../../trace/evidence.js';
import { type Draft, describeObject, type ObjectRef } from '../finding.js';
import { edit } from '../kubectl.js';
import { chainsOf } from '../listener-chains.js';
import { type Denial, denialOf, objectOfPolicy, rbacFiltersOf } from '../policies.js';
import { UNKNOWN_NAME } from '../provenance.js';
import type { Rule, TraceScope } from '../rule.js';

const MOST = 2;

/** The policy that denies, or the policies that do not allow. */
export const rbacDenies: Rule = {
  code: 'rbac-denies',
  trace: trace => {
    const denial = denialOf(trace);
    return denial === null ? [] : [draftOf(trace, denial)];
  },
};

function draftOf(trace: TraceScope, denial: Denial): Draft {
  const { listener } = trace.touched;
  const object = ownerOf(trace, denial);
  const pointer =
    denial.matched?.pointer ?? denial.others[0]?.pointer ?? denial.step.pointer ?? listener?.pointer ?? '';
  return {
    resource: object,
    evidence: listener === null ? [] : [evidenceOf(listener, pointer)],
    why: `${denial.step.why}${misses(denial)}.${caller(trace, denial)} The server’s proxy ${trace.proxy.name} refuses; the application does not see the request.`,
    remedy:
      denial.matched === null
        ? `If the caller may do this, add it to ${describeObject(object)} (${edit(object)}): its principal, method, path and port must all be in one rule.`
        : `If the caller may do this, narrow ${describeObject(object)} (${edit(object)}), so that its rule does not take this request.`,
  };
}

/** Why the nearest ALLOW policies do not allow it, where the step does not say so itself. */
function misses({ step, matched, others }: Denial): string {
  const said = others.filter(({ reason }) => reason !== '' && !step.why.includes(reason)).slice(0, MOST);
  if (matched !== null || said.length === 0) return '';
  return ` (${said.map(({ name, reason }) => `${ruleName(name)}: ${reason}`).join('; ')})`;
}

function ruleName(name: string): string {
  const rule = authorizationPolicyOf(name);
  return rule === null ? name : `rule ${rule.rule} of ${rule.namespace}/${rule.name}`;
}

/** Who asks, where the step does not say so. */
function caller({ proxy, result: { request } }: TraceScope, { step }: Denial): string {
  if (step.why.includes('the client ')) return '';
  if (request.tls !== 'mtls' && !isWaypoint(proxy)) return ' The client came without mutual TLS and has no principal.';
  const principal = isObject(request.from) ? request.from.principal : undefined;
  return typeof principal === 'string' ? ` The client is ${principal}.` : '';
}

/** The policy that matched; else the first that did not allow; else one that stands in other chains of the same listener. */
function ownerOf({ proxy, touched }: TraceScope, { matched, others }: Denial): ObjectRef {
  const namespace = proxy.node?.namespace ?? null;
  const name =
    matched?.name ??
    others[0]?.name ??
    (touched.listener === null ? undefined : chainsOf(touched.listener).flatMap(allowNames)[0]);
  return name === undefined
    ? { kind: 'AuthorizationPolicy', namespace, name: UNKNOWN_NAME }
    : objectOfPolicy(name, namespace);
}

function allowNames(chain: Parameters<typeof rbacFiltersOf>[0]): string[] {
  return rbacFiltersOf(chain)
    .map(({ config }) => config.get('rules'))
    .filter(rules => rules !== undefined && (rules.string('action') ?? 'ALLOW') === 'ALLOW')
    .flatMap(rules => rules?.entries('policies').map(([name]) => name) ?? []);
}
