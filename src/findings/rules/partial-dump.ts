import type { ResourceKind } from '../../decode/layout.js';
import { extensionOf } from '../../model/extension.js';
import type { ProxyConfig } from '../../model/proxy.js';
import { evidenceIn } from '../../trace/evidence.js';
import type { HopName } from '../../trace/result.js';
import { fetchDump } from '../fetch-dump.js';
import type { Draft } from '../finding.js';
import { podOf } from '../provenance.js';
import type { Rule, Scope, TraceScope } from '../rule.js';
import { chainsIn } from '../subjects-in.js';
import { list } from '../words.js';

/** What a hop looks for, where it finds nothing. */
const WANTED: Partial<Record<HopName, ResourceKind>> = {
  capture: 'listener',
  listener: 'listener',
  'route-table': 'route',
  cluster: 'cluster',
};

/**
 * A trace ends where what it needs next was not saved, and a check finds nothing in what was not. A document that breaks off is another
 * problem, and told as one.
 */
export const partialDump: Rule = { code: 'partial-dump', proxy: unchecked, trace: unsaved };

function unchecked({ proxy }: Scope): Draft[] {
  const kinds = (['listener', 'route', 'cluster'] as const).filter(kind => isUnsaved(proxy, kind));
  const lacking = kinds.filter(kind => kind !== 'route' || asksForTables(proxy));
  if (lacking.length === 0) return [];
  return [draftFor(proxy, lacking, ': a check finds nothing in what is not there.')];
}

function unsaved({ proxy, result }: TraceScope): Draft[] {
  const last = result.steps.at(-1);
  const kind = last?.status === 'needs-input' ? WANTED[last.hop] : undefined;
  if (kind === undefined || !isUnsaved(proxy, kind)) return [];
  return [draftFor(proxy, [kind], ', and the request cannot be followed without.')];
}

function isUnsaved(proxy: ProxyConfig, kind: ResourceKind): boolean {
  return proxy.has(kind) !== 'complete' && !proxy.documents.some(({ broken }) => broken !== null);
}

/** Envoy’s dump has no section of routes where no listener asks for a table by RDS. */
function asksForTables(proxy: ProxyConfig): boolean {
  const chains = proxy.has('listener') === 'complete' ? chainsIn(proxy) : null;
  const hasRds = chains?.some(({ chain }) =>
    chain.list('filters').some(filter => extensionOf(filter).config.get('rds') !== undefined),
  );
  return hasRds ?? true;
}

function draftFor(proxy: ProxyConfig, kinds: readonly ResourceKind[], therefore: string): Draft {
  const saved = kinds.map(kind => (proxy.has(kind) === 'absent' ? `no ${kind}s` : `only some of the ${kind}s`));
  return {
    resource: podOf(proxy),
    evidence: kinds.slice(0, 1).flatMap(kind => evidenceIn(proxy.all(kind)[0])),
    why: `What was saved of this proxy holds ${list(saved)}${therefore}`,
    remedy: `Save all of it (${fetchDump(proxy)}), and give that with -f. Single lists of a proxy are read together where they lie in one folder: give that.`,
  };
}
