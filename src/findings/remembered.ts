import type { ProxyConfig } from '../model/proxy.js';
import type { Finding } from './finding.js';
import type { Rule, Scope } from './rule.js';

/** A kind of subject that rules look at. */
export type SubjectKind = Exclude<keyof Rule, 'code' | 'proxy' | 'snapshot' | 'trace'>;

/** What the rules said of parts of one proxy’s configuration. */
interface Memory {
  readonly rules: readonly Rule[];
  readonly scope: Scope;
  readonly said: WeakMap<object, Map<SubjectKind, readonly Finding[]>>;
}

const memories = new WeakMap<ProxyConfig, Memory>();

/**
 * What rules say of a part of the configuration, worked out once however many requests touch it: it depends on the scope alone.
 * `part` is the object that stands for the part for good, such as its JSON.
 */
export function remembered(
  rules: readonly Rule[],
  kind: SubjectKind,
  part: object,
  scope: Scope,
  say: () => readonly Finding[],
): readonly Finding[] {
  const { said } = memoryOf(rules, scope);
  let byKind = said.get(part);
  if (byKind === undefined) {
    byKind = new Map();
    said.set(part, byKind);
  }
  let findings = byKind.get(kind);
  if (findings === undefined) {
    findings = say();
    byKind.set(kind, findings);
  }
  return findings;
}

function memoryOf(rules: readonly Rule[], { proxy, snapshot, now }: Scope): Memory {
  let memory = memories.get(proxy);
  const isSame = memory?.rules === rules && memory.scope.snapshot === snapshot && memory.scope.now === now;
  if (memory === undefined || !isSame) {
    memory = { rules, scope: { proxy, snapshot, now }, said: new WeakMap() };
    memories.set(proxy, memory);
  }
  return memory;
}
