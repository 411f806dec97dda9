import type { CheckedFinding, CheckResult } from '../../findings/check-result.js';
import { describeObject } from '../../findings/finding.js';
import { markdownText } from '../markdown-text.js';
import { printable } from '../printable.js';
import { describeCounts, type FindingGroup, groupFindings } from './groups.js';

/** Findings as a Markdown page for a ticket or a pull request; of those that `--show` left out the number alone. */
export function checkMarkdown({ findings, proxies }: CheckResult, leftOut: readonly CheckedFinding[]): string {
  const groups = groupFindings(findings);
  const checked = `${proxies.length} ${proxies.length === 1 ? 'proxy' : 'proxies'} checked: ${describeCounts(groups, groupFindings(leftOut))}.`;
  const table = [
    '| Severity | Finding | Object | Proxies |',
    '|---|---|---|---|',
    ...groups.map(({ first, proxies: seen }) =>
      row([first.severity, `\`${first.code}\``, objectOf(first), String(Math.max(1, seen.length))]),
    ),
  ];
  const parts = ['# Findings', checked, ...(groups.length === 0 ? [] : [table.join('\n')]), ...groups.map(section)];
  return `${parts.join('\n\n')}\n`;
}

function section({ first, whys, proxies }: FindingGroup): string {
  const places = first.evidence.slice(0, 3).map(({ document, pointer }) => `- ${code(`${document} ${pointer}`)}`);
  const parts = [
    `## ${first.severity}: ${first.code}, ${markdownText(objectOf(first))}`,
    markdownText(first.title),
    whys.map(why => `- ${markdownText(why)}`).join('\n'),
    `**What to do.** ${markdownText(first.remedy)}`,
    ...(proxies.length === 0 ? [] : [`Seen in ${proxies.map(code).join(', ')}.`]),
    ...(places.length === 0 ? [] : [places.join('\n')]),
  ];
  return parts.join('\n\n');
}

function objectOf({ resource, title }: FindingGroup['first']): string {
  return resource === null ? title : describeObject(resource);
}

function row(cells: readonly string[]): string {
  return `| ${cells.map(cell => markdownText(cell).replaceAll('|', '\\|')).join(' | ')} |`;
}

/** Text in code marks, which it cannot leave. */
function code(text: string): string {
  return `\`${printable(text).replace(/[`\s]+/g, ' ')}\``;
}
