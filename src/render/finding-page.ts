import type { FindingCode } from '../findings/codes.js';
import type { ExplainedTerm } from '../findings/explanations/explained.js';
import { explainFinding } from '../findings/explanations/finding-lookup.js';
import type { Language } from '../findings/explanations/text.js';
import type { ExplanationLayout } from './explanation.js';
import { EXPLANATION_LABELS, type ExplanationLabels } from './explanation-labels.js';
import { hang } from './wrap.js';

/** docs/findings/CODE.md. */
export function findingPage(code: FindingCode): string {
  return `${findingMarkdown(explainFinding(code, 'en'), EXPLANATION_LABELS.en, 'en', 1)}\n`;
}

/** A finding’s page for a terminal. Commands stay whole, so that they can be copied. */
export function findingLines(
  term: ExplainedTerm,
  { page, kinds, englishOnly }: ExplanationLabels,
  { width, language, paint }: ExplanationLayout,
): string[] {
  const heading = (text: string) => ['', `  ${paint('bold', text)}`];
  return [
    `${paint('bold', term.title)} - ${kinds[term.kind]}`,
    ...(term.language === language ? [] : [englishOnly]),
    ...heading(page.explanation),
    ...hang('  ', term.means, width),
    ...heading(page.consequences),
    ...hang('  ', term.consequences ?? '', width),
    ...heading(page.causes),
    ...term.causes.flatMap(cause => hang('  - ', cause, width)),
    ...heading(page.remedy),
    ...term.next.flatMap(({ say, command }, index) => [
      ...hang(`  ${index + 1}. `, say, width),
      ...(command === null ? [] : [`       ${command}`]),
    ]),
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
