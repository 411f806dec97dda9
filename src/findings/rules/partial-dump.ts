import type { ResourceKind } from '../../decode/layout.js';
import { evidenceIn } from '../../trace/evidence.js';
import type { HopName } from '../../trace/result.js';
import { fetchDump } from '../fetch-dump.js';
import type { Draft } from '../finding.js';
import { podOf } from '../provenance.js';
import type { Rule, TraceScope } from '../rule.js';

/** What a hop looks for, where it finds nothing. */
const WANTED: Partial<Record<HopName, ResourceKind>> = {
  capture: 'listener',
  listener: 'listener',
  'route-table': 'route',
  cluster: 'cluster',
};

/** A trace ends where what it needs next was not saved. A document that breaks off is another problem, and told as one. */
export const partialDump: Rule = { code: 'partial-dump', trace: unsaved };

function unsaved({ proxy, result }: TraceScope): Draft[] {
  const last = result.steps.at(-1);
  const kind = last?.status === 'needs-input' ? WANTED[last.hop] : undefined;
  if (kind === undefined || proxy.has(kind) === 'complete' || proxy.documents.some(({ broken }) => broken !== null))
    return [];
  const saved = proxy.has(kind) === 'absent' ? `no ${kind}s` : `only some of the ${kind}s`;
  return [
    {
      resource: podOf(proxy),
      evidence: evidenceIn(proxy.all(kind)[0]),
      why: `What was saved of this proxy holds ${saved}, and the request cannot be followed without.`,
      remedy: `Save all of it (${fetchDump(proxy)}), and give that with -f. Single lists of a proxy are read together where they lie in one folder: give that.`,
    },
  ];
}
