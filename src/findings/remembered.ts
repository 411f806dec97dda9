import type { ProxyConfig } from '../model/proxy.js';
import type { Draft } from './finding.js';
import type { Rule, Scope } from './rule.js';

/** What the rules said of parts of one proxy’s configuration. */
interface Memory {
  readonly scope: Scope;
  readonly said: WeakMap<object, Map<Rule, readonly Draft[]>>;
}

const memories = new WeakMap<ProxyConfig, Memory>();

/**
 * What a rule says of a part of the configuration, worked out once however many requests touch it: it depends on the scope alone.
 * `part` is the object that stands for the part for good, such as its JSON.
 */
export function remembered(rule: Rule, part: object, scope: Scope, say: () => readonly Draft[]): readonly Draft[] {
  const { said } = memoryOf(scope);
  let byRule = said.get(part);
  if (byRule === undefined) {
    byRule = new Map();
    said.set(part, byRule);
  }
  let drafts = byRule.get(rule);
  if (drafts === undefined) {
    drafts = say();
    byRule.set(rule, drafts);
  }
  return drafts;
}

function memoryOf({ proxy, snapshot, now }: Scope): Memory {
  let memory = memories.get(proxy);
  if (memory === undefined || memory.scope.snapshot !== snapshot || memory.scope.now !== now) {
    memory = { scope: { proxy, snapshot, now }, said: new WeakMap() };
    memories.set(proxy, memory);
  }
  return memory;
}
