import { fetchDump } from '../fetch-dump.js';
import { podOf } from '../provenance.js';
import type { Rule, Scope } from '../rule.js';

/** A document that breaks off: what came before is used, what is missing may be anything. */
export const truncatedDump: Rule = {
  code: 'truncated-dump',
  proxy: broken,
  trace: broken,
};

function broken({ proxy }: Scope) {
  return proxy.documents.flatMap(({ name, broken }) => {
    if (broken === null) return [];
    const where = broken.kind === null ? '' : ` in its ${broken.kind} section`;
    return [
      {
        resource: podOf(proxy),
        evidence: [{ document: name, pointer: '', kind: broken.kind ?? 'document', name: null }],
        why: `${name} breaks off at byte ${broken.offset}${where} (${broken.message}). What follows is not known, so that something may seem missing that is there.`,
        remedy: `Fetch it again (${fetchDump(proxy)}), and see that the disk was not full and the connection not cut.`,
      },
    ];
  });
}
