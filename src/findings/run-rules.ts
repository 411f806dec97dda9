import { oncePer } from '../model/once.js';
import { type Draft, type Finding, findingOf } from './finding.js';
import { remembered, type SubjectKind } from './remembered.js';
import type { Rule, Scope, TraceScope } from './rule.js';
import { secretNames } from './secret-names.js';
import { chainsIn, routesIn, tablesIn, virtualHostsIn } from './subjects-in.js';

/** What is looked up for every cluster: quickest where all of them were read, and not each searched for. */
const BY_CLUSTER = ['endpoint', 'cluster-status'] as const;

/** Shows the rules everything in a proxy’s configuration. */
export function runOnProxy(rules: readonly Rule[], scope: Scope): Finding[] {
  const { proxy } = scope;
  for (const kind of BY_CLUSTER) proxy.all(kind);
  const all = {
    listener: proxy.active('listener'),
    chain: chainsIn(proxy),
    table: tablesIn(proxy),
    virtualHost: virtualHostsIn(proxy),
    route: routesIn(proxy),
    cluster: proxy.active('cluster'),
    secret: proxy.active('secret'),
  };
  return rules.flatMap(rule =>
    found(rule, scope, [
      ...(rule.proxy?.(scope) ?? []),
      ...onAll(rule.listener, all.listener, scope),
      ...onAll(rule.chain, all.chain, scope),
      ...onAll(rule.table, all.table, scope),
      ...onAll(rule.virtualHost, all.virtualHost, scope),
      ...onAll(rule.route, all.route, scope),
      ...onAll(rule.cluster, all.cluster, scope),
      ...onAll(rule.secret, all.secret, scope),
    ]),
  );
}

/**
 * Shows the rules what a trace touched, and the trace. Of one code those about the trace come first, then those about its parts from the
 * listener on.
 */
export function runOnTrace(rules: readonly Rule[], trace: TraceScope): Finding[] {
  const { listener, chain, table, virtualHost, route, clusters } = trace.touched;
  const secrets = secretNames(trace.touched).flatMap(name => trace.proxy.find('secret', name) ?? []);
  const about = <T>(kind: SubjectKind, subject: T | null, part: object | undefined, sayOf: (rule: Rule) => Say<T>) =>
    subject === null || part === undefined ? [] : onPart(rules, trace, kind, subject, part, sayOf);
  return [
    ...rulesOnTraces(rules).flatMap(({ rule, say }) => found(rule, trace, say(trace))),
    ...about('listener', listener, listener ?? undefined, rule => rule.listener),
    ...about('chain', chain, chain?.chain.value, rule => rule.chain),
    ...about('table', table, table?.table.value, rule => rule.table),
    ...about('virtualHost', virtualHost, virtualHost?.virtualHost.value, rule => rule.virtualHost),
    ...about('route', route, route?.route.value, rule => rule.route),
    ...clusters.flatMap(cluster => about('cluster', cluster, cluster, rule => rule.cluster)),
    ...secrets.flatMap(secret => about('secret', secret, secret, rule => rule.secret)),
  ];
}

const rulesOnTraces = oncePer((rules: readonly Rule[]) =>
  rules.flatMap(rule => (rule.trace === undefined ? [] : [{ rule, say: rule.trace }])),
);

type Say<T> = ((subject: T, scope: Scope) => Draft[]) | undefined;

function onAll<T>(say: Say<T>, subjects: readonly T[], scope: Scope): Draft[] {
  return say === undefined ? [] : subjects.flatMap(subject => say(subject, scope));
}

/** `part` stands for the subject, which is put together anew for each trace. */
function onPart<T>(
  rules: readonly Rule[],
  scope: Scope,
  kind: SubjectKind,
  subject: T,
  part: object,
  sayOf: (rule: Rule) => Say<T>,
): readonly Finding[] {
  return remembered(rules, kind, part, scope, () =>
    rules.flatMap(rule => {
      const say = sayOf(rule);
      return say === undefined ? [] : found(rule, scope, say(subject, scope));
    }),
  );
}

function found({ code }: Rule, { proxy }: Scope, drafts: readonly Draft[]): Finding[] {
  return drafts.map(draft => findingOf(code, proxy.name, draft));
}
