import type { ProxyStatus } from '../decode/proxy-status/status.js';
import type { ProxyConfig } from '../model/proxy.js';
import type { Snapshot } from '../model/snapshot.js';
import { compareFindings, distinct, type Finding, findingOf } from './finding.js';
import { type FindingSettings, timeOf } from './now.js';
import { statusFindings } from './rules/proxy-not-connected.js';
import { RULES } from './rules.js';
import { runOnProxy } from './run-rules.js';

export interface CheckSettings extends FindingSettings {
  /** istiod’s listing of its proxies, where it is at hand. */
  readonly status?: ProxyStatus;
}

/** What is found in one proxy’s configuration, gravest first. */
export function checkProxy(proxy: ProxyConfig, snapshot: Snapshot, settings: FindingSettings = {}): Finding[] {
  const scope = { proxy, snapshot, now: timeOf(proxy, settings) };
  return inOrder(runOnProxy(RULES, scope));
}

/** What is found in the proxies of a snapshot, each by itself and all together, gravest first. */
export function checkSnapshot(snapshot: Snapshot, settings: CheckSettings = {}): Finding[] {
  const each = snapshot.proxies.flatMap(proxy => checkProxy(proxy, snapshot, settings));
  return inOrder([...each, ...checkTogether(snapshot, settings)]);
}

/** What is found in all proxies of a snapshot together, and in istiod’s listing of them. */
export function checkTogether(snapshot: Snapshot, settings: CheckSettings = {}): Finding[] {
  const together = RULES.flatMap(({ code, snapshot: rule }) =>
    (rule?.({ snapshot, now: null }) ?? []).map(draft => findingOf(code, null, draft)),
  );
  const listed = settings.status === undefined ? [] : statusFindings(settings.status, snapshot);
  return [...together, ...listed];
}

/** Each finding once, gravest first. */
export function inOrder(findings: readonly Finding[]): Finding[] {
  return distinct(findings).sort(compareFindings);
}
