import type { Step, TraceResult } from '../../trace/result.js';
import type { RunbookTexts } from '../lang/runbook-texts.js';
import { type Block, code, type Section } from '../page/page.js';

/** Where each decision stands in the documents, and the commands that show the same live. */
export function evidenceSection(result: TraceResult, texts: RunbookTexts): Section | null {
  const steps = allSteps(result);
  const rows = distinct(
    steps.flatMap(({ hop, evidence }) =>
      evidence.map(({ document, pointer }) => [code(hop), code(`${document} ${pointer}`)]),
    ),
  );
  const commands = [...new Set(steps.flatMap(({ istioctl }) => istioctl))];
  if (rows.length === 0 && commands.length === 0) return null;
  const blocks: Block[] = [
    { kind: 'paragraph', text: texts.evidenceIntro },
    { kind: 'table', head: [texts.columns.step, texts.columns.place], rows, widths: [18, 82] },
    ...(commands.length === 0
      ? []
      : [{ kind: 'list', isOrdered: false, items: [{ text: texts.commandsIntro, commands }] } as const]),
  ];
  return { heading: texts.headings.evidence, blocks };
}

function allSteps(result: TraceResult): Step[] {
  return result.peer === undefined ? result.steps : [...result.steps, ...allSteps(result.peer)];
}

/** Branches share much: a place is named once. */
function distinct(rows: readonly string[][]): string[][] {
  return [...new Map(rows.map(row => [row.join('\n'), row])).values()];
}
