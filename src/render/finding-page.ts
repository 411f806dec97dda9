import type { FindingCode } from '../findings/codes.js';
import type { ExplainedTerm } from '../findings/explanations/explained.js';
import { explainFinding } from '../findings/explanations/finding-lookup.js';
import type { Language } from '../findings/explanations/text.js';
import type { ExplanationLayout } from './explanation/explanation.js';
import { EXPLANATION_LABELS, type ExplanationLabels } from './explanation/labels.js';
import { nextSteps } from './next-steps.js';
import { termTitle } from './term-title.js';
import { hang } from './wrap.js';

/** docs/findings/CODE.md. */
export function findingPage(code: FindingCode): string {
  return `${findingMarkdown(explainFinding(code, 'en'), EXPLANATION_LABELS.en, 'en', 1)}\n`;
}

/** A finding’s page for a terminal. */
export function findingLines(
  term: ExplainedTerm,
  { page, kinds, englishOnly }: ExplanationLabels,
  { width, language, paint }: ExplanationLayout,
): string[] {
  const heading = (text: string) => ['', `  ${paint('bold', text)}`];
  return [
    ...termTitle(term, kinds[term.kind], { width, paint }),
    ...(term.language === language ? [] : [englishOnly]),
    ...heading(page.explanation),
    ...hang('  ', term.means, width),
    ...heading(page.consequences),
    ...hang('  ', term.consequences ?? '', width),
    ...heading(page.causes),
    ...term.causes.flatMap(cause => hang('  - ', cause, width)),
    ...heading(page.remedy),
    ...nextSteps(term, width),
  ];
}

/** A finding’s page in Markdown, its title under a heading of the given level. */
export function findingMarkdown(
  term: ExplainedTerm,
  { page, englishOnly }: ExplanationLabels,
  language: Language,
  level: number,
): string {
  const heading = (text: string) => `${'#'.repeat(level + 1)} ${text}`;
  const steps = term.next.map(({ say, command }, index) => {
    const number = `${index + 1}. ${say}`;
    return command === null ? number : `${number}\n\n   \`\`\`sh\n   ${command}\n   \`\`\``;
  });
  const parts = [
    `${'#'.repeat(level)} ${term.title}`,
    ...(term.language === language ? [] : [`*${englishOnly}*`]),
    heading(page.explanation),
    term.means,
    heading(page.consequences),
    term.consequences ?? '',
    heading(page.causes),
    term.causes.map(cause => `- ${cause}`).join('\n'),
    heading(page.remedy),
    steps.join('\n\n'),
  ];
  return parts.join('\n\n');
}
