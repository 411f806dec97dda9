import type { Difference, DriftResult } from '../../compare/drift/difference.js';
import { textParts } from '../page/page.js';
import { printable, printableLines } from '../printable.js';
import { describeRequest } from '../request-line.js';
import { unifiedOf } from './unified.js';
import { fieldLine } from './value.js';
import { heading, kindHeading, LABELS, SIGNS, titleOf, verdict } from './words.js';

/** A comparison as Markdown, for an issue or a chat; with text diffs where its differences carry texts. */
export function diffMarkdown(result: DriftResult): string {
  const parts = [
    `## ${escaped(heading(result))}`,
    verdict(result),
    ...(result.equal ? [] : [summaryTable(result)]),
    ...result.differences.map(difference => differenceSection(difference, result)),
    ...(result.notes.length === 0
      ? []
      : [['### Notes', '', ...result.notes.map(({ text }) => `- ${escaped(text)}`)].join('\n')]),
  ];
  return `${parts.join('\n\n')}\n`;
}

function summaryTable({ summary, left, right }: DriftResult): string {
  return [
    `| kind | equal | - only in ${escaped(left)} | + only in ${escaped(right)} | ~ changed |`,
    '| --- | ---: | ---: | ---: | ---: |',
    ...summary.map(
      ({ kind, equal, onlyLeft, onlyRight, changed }) =>
        `| ${kindHeading(kind)} | ${equal} | ${onlyLeft} | ${onlyRight} | ${changed} |`,
    ),
  ].join('\n');
}

function differenceSection(difference: Difference, { left, right }: DriftResult): string {
  const unified = unifiedOf(difference, { left, right });
  const { change, cause, why, remedy, paths, effects, effect } = difference;
  const fields = change === 'changed' ? paths.map(fieldLine).map(({ sign, text }) => `${sign} ${text}`) : [];
  const requests = effects.flatMap(({ request, left: onLeft, right: onRight }) => [
    `- \`${code(describeRequest(request))}\``,
    `  - ${escaped(left)}: ${escaped(onLeft)}`,
    `  - ${escaped(right)}: ${escaped(onRight)}`,
  ]);
  return [
    `### ${SIGNS[change].sign} \`${code(titleOf(difference))}\`: ${LABELS[cause].label.toLowerCase()}`,
    '',
    escaped(why),
    ...(fields.length === 0 ? [] : ['', '```diff', ...fields, '```']),
    '',
    escaped(effect),
    ...(requests.length === 0 ? [] : ['', ...requests]),
    '',
    `**What to do:** ${withCode(remedy)}`,
    ...(unified === '' ? [] : ['', '```diff', printableLines(unified), '```']),
  ].join('\n');
}

/** Text that Markdown shows as it is. */
function escaped(text: string): string {
  return printable(text).replace(/[\\`*_|<>#[\]]/g, mark => `\\${mark}`);
}

/** The same, but for what stands in code marks. */
function withCode(text: string): string {
  return textParts(text)
    .map((part, index) => (index % 2 === 0 ? escaped(part) : `\`${code(part)}\``))
    .join('');
}

function code(text: string): string {
  return printable(text).replaceAll('`', "'");
}
