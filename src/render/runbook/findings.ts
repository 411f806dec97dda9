import type { Language } from '../../findings/explanations/text.js';
import type { FindingSummary, TraceResult } from '../../trace/result.js';
import { TEXTS } from '../lang/texts.js';
import { code, type Section } from '../page/page.js';
import { remedyParts } from '../remedy.js';

/** Every finding in a table; what to do about the grave ones stands above. */
export function findingsSection({ findings }: TraceResult, language: Language): Section | null {
  const { trace, runbook } = TEXTS[language];
  if (findings.length === 0) return null;
  const { severity, code: finding, object, what } = runbook.columns;
  return {
    heading: runbook.headings.findings,
    blocks: [
      {
        kind: 'table',
        head: [severity, finding, object, what],
        widths: [10, 20, 25, 45],
        rows: findings.map(item => [trace.severities[item.severity], code(item.code), objectOf(item), whatOf(item)]),
      },
    ],
  };
}

function objectOf({ resource }: FindingSummary): string {
  if (resource === null) return '';
  const { kind, namespace, name } = resource;
  return `${kind} ${code(namespace === null ? name : `${namespace}/${name}`)}`;
}

/** What an info asks for is not among the things to do, so it stands here. */
function whatOf({ severity, why, remedy }: FindingSummary): string {
  return severity === 'info' ? `${why} ${remedyParts(remedy).prose}` : why;
}
