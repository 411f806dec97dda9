import { authorizationPolicyOf } from '../match/authorization-policy.js';
import { type Extension, extensionOf } from '../model/extension.js';
import type { View } from '../model/view.js';
import type { Step } from '../trace/result.js';
import type { ObjectRef } from './finding.js';
import type { TraceScope } from './rule.js';
import { viewAt } from './touched.js';

/** A policy that took part in a denial. */
export interface TriedPolicy {
  readonly name: string;
  readonly pointer: string;
  /** Why it matched or did not; empty where it is the one that decided. */
  readonly reason: string;
  /** Its message; null where the pointer leads nowhere. */
  readonly view: View | null;
}

/** A denial by RBAC. */
export interface Denial {
  readonly step: Step;
  /** The DENY policy that matched; null where an ALLOW matched nothing. */
  readonly matched: TriedPolicy | null;
  /** The policies that did not match. */
  readonly others: readonly TriedPolicy[];
}

/** How RBAC ended the request in this proxy; null where it did not. */
export function denialOf({ result, touched }: TraceScope): Denial | null {
  if (result.reason !== 'rbac_denied') return null;
  const step = result.steps.findLast(
    ({ hop, status }) => status === 'rejected' && (hop === 'http-filters' || hop === 'network-filters'),
  );
  if (step === undefined) return null;
  const root = touched.listener?.view;
  const view = (pointer: string | null) => (root === undefined ? null : viewAt(root, pointer));
  const isPolicy = step.pointer !== null && /\/policies\/[^/]+$/.test(step.pointer);
  return {
    step,
    matched: isPolicy
      ? { name: step.name ?? '', pointer: step.pointer ?? '', reason: '', view: view(step.pointer) }
      : null,
    others: step.candidates.map(({ name, pointer, reason }) => ({
      name: name ?? '',
      pointer,
      reason,
      view: view(pointer),
    })),
  };
}

/** The AuthorizationPolicy behind an Envoy policy; a ServiceRole of Istio before 1.6 stands under its own name. */
export function objectOfPolicy(name: string, namespace: string | null): ObjectRef {
  const behind = authorizationPolicyOf(name);
  return behind === null
    ? { kind: 'ServiceRole', namespace, name }
    : { kind: 'AuthorizationPolicy', namespace: behind.namespace, name: behind.name };
}

/** Whether a policy looks at a token: Istio keeps its claims in the metadata of these filters. */
export function needsToken(policy: View | null): boolean {
  return policy !== null && TOKEN.test(JSON.stringify(policy.value));
}

/** Whether a reason why a policy did not match is about the token. */
export function isAboutToken(reason: string): boolean {
  return TOKEN.test(reason);
}

const TOKEN = /envoy\.filters\.http\.jwt_authn|request\.auth\.|istio_authn/;

/** A policy that nothing can meet, as Istio writes an AuthorizationPolicy without rules. */
export function matchesNothing(policy: View): boolean {
  return [...policy.list('permissions'), ...policy.list('principals')].some(
    rule => (rule.get('not_rule') ?? rule.get('not_id'))?.boolean('any') === true,
  );
}

/** The RBAC filters of a chain: those of its connection manager where it has one, else its network filters. */
export function rbacFiltersOf(chain: View): Extension[] {
  const network = chain.list('filters').map(extensionOf);
  const hcm = network.find(({ kind }) => kind === 'http_connection_manager');
  const filters = hcm === undefined ? network : hcm.config.list('http_filters').map(extensionOf);
  return filters.filter(({ kind }) => kind === 'rbac');
}
