import type { Explanation } from '../../findings/explain.js';
import type { ExplainedTerm } from '../../findings/explanations/explained.js';
import type { Language } from '../../findings/explanations/text.js';
import { findingLines, findingMarkdown } from '../finding-page.js';
import { nextSteps } from '../next-steps.js';
import type { Paint } from '../paint.js';
import { termTitle } from '../term-title.js';
import { columns, hang, padColumns } from '../wrap.js';
import { explanationFacts } from './facts.js';
import { EXPLANATION_LABELS, type ExplanationLabels } from './labels.js';

export interface ExplanationLayout {
  /** Columns of the page; a long name may be wider, so that it can be copied. */
  width: number;
  language: Language;
  paint: Paint;
}

/** An explanation as plain text for a terminal. */
export function explanationText(explanation: Explanation, layout: ExplanationLayout): string {
  const { width, language } = layout;
  const labels = EXPLANATION_LABELS[language];
  const blocks = explanation.terms.map(term => termLines(term, labels, layout).join('\n'));
  const together = explanation.together.map(text => hang(`${labels.together}: `, text, width).join('\n'));
  return `${[...together, ...blocks].join('\n\n')}\n`;
}

/** An explanation as Markdown, each term under a heading of the given level. */
export function explanationMarkdown(explanation: Explanation, language: Language, level = 2): string {
  const labels = EXPLANATION_LABELS[language];
  const together = explanation.together.map(text => `> ${text}`);
  const blocks = explanation.terms.map(term => termMarkdown(term, labels, language, level));
  return `${[...together, ...blocks].join('\n\n')}\n`;
}

function termLines(term: ExplainedTerm, labels: ExplanationLabels, layout: ExplanationLayout): string[] {
  if (term.consequences !== undefined) return findingLines(term, labels, layout);
  const { width, language, paint } = layout;
  const facts: [string, string][] = [
    ...term.inside.map((part): [string, string] => [labels.inside, `${part.text}: ${part.means}`]),
    ...explanationFacts(term, labels),
  ];
  const labelWidth = Math.max(...facts.map(([label]) => columns(label)));
  return [
    ...termTitle(term, labels.kinds[term.kind], layout),
    ...(term.language === language ? [] : [labels.englishOnly]),
    '',
    ...hang('  ', term.means, width),
    '',
    ...facts.flatMap(([label, value]) => hang(`  ${padColumns(label, labelWidth)}  `, value, width)),
    '',
    `  ${paint('bold', labels.causes)}`,
    ...term.causes.flatMap(cause => hang('  - ', cause, width)),
    '',
    `  ${paint('bold', labels.next)}`,
    ...nextSteps(term, width),
  ];
}

function termMarkdown(term: ExplainedTerm, labels: ExplanationLabels, language: Language, level: number): string {
  if (term.consequences !== undefined) return findingMarkdown(term, labels, language, level);
  const parts = [
    `${'#'.repeat(level)} ${term.title}`,
    ...(term.language === language ? [] : [`*${labels.englishOnly}*`]),
    term.means,
    ...term.inside.map(part => `- \`${part.text}\`: ${part.means}`),
    explanationFacts(term, labels)
      .map(([label, value]) => `- **${label}**: ${value}`)
      .join('\n'),
    `**${labels.causes}**`,
    term.causes.map(cause => `- ${cause}`).join('\n'),
    `**${labels.next}**`,
    term.next.map(({ say, command }, index) => nextMarkdown(index + 1, say, command)).join('\n'),
  ];
  return parts.join('\n\n');
}

function nextMarkdown(number: number, say: string, command: string | null): string {
  return command === null ? `${number}. ${say}` : `${number}. ${say}\n   \`${command}\``;
}
