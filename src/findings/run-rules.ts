import { type Draft, type Finding, findingOf } from './finding.js';
import { remembered } from './remembered.js';
import type { Rule, Scope, TraceScope } from './rule.js';
import { secretNames } from './secret-names.js';
import { chainsIn, routesIn, tablesIn, virtualHostsIn } from './subjects-in.js';

/** Shows the rules everything in a proxy’s configuration. */
export function runOnProxy(rules: readonly Rule[], scope: Scope): Finding[] {
  const { proxy } = scope;
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

/** Shows the rules what a trace touched, and the trace. */
export function runOnTrace(rules: readonly Rule[], trace: TraceScope): Finding[] {
  const { touched } = trace;
  const secrets = secretNames(touched).flatMap(name => trace.proxy.find('secret', name) ?? []);
  return rules.flatMap(rule =>
    found(rule, trace, [
      ...(rule.trace?.(trace) ?? []),
      ...onOne(rule, rule.listener, touched.listener, touched.listener, trace),
      ...onOne(rule, rule.chain, touched.chain, touched.chain?.chain.value, trace),
      ...onOne(rule, rule.table, touched.table, touched.table?.table.value, trace),
      ...onOne(rule, rule.virtualHost, touched.virtualHost, touched.virtualHost?.virtualHost.value, trace),
      ...onOne(rule, rule.route, touched.route, touched.route?.route.value, trace),
      ...touched.clusters.flatMap(cluster => onOne(rule, rule.cluster, cluster, cluster, trace)),
      ...secrets.flatMap(secret => onOne(rule, rule.secret, secret, secret, trace)),
    ]),
  );
}

function onAll<T>(
  rule: ((subject: T, scope: Scope) => Draft[]) | undefined,
  subjects: readonly T[],
  scope: Scope,
): Draft[] {
  return rule === undefined ? [] : subjects.flatMap(subject => rule(subject, scope));
}

/** `part` stands for the subject, which is put together anew for each trace. */
function onOne<T>(
  rule: Rule,
  say: ((subject: T, scope: Scope) => Draft[]) | undefined,
  subject: T | null,
  part: object | null | undefined,
  scope: Scope,
): readonly Draft[] {
  if (say === undefined || subject === null || part == null) return [];
  return remembered(rule, part, scope, () => say(subject, scope));
}

function found({ code }: Rule, { proxy }: Scope, drafts: readonly Draft[]): Finding[] {
  return drafts.map(draft => findingOf(code, proxy.name, draft));
}
