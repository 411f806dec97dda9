import type { FindingsList } from '../../src/render/findings-list.js';

const INTRO = `# Findings

What \`mesh-trace check\` and every trace look for. A finding keeps its code for good; its severity is the one given here unless the place where
it is found says otherwise: what ends a request is an error. \`mesh-trace explain CODE\` prints a page, \`mesh-trace list findings\` this table.

This page and those that it links to are made from the tables in \`src/findings\`; a test fails when they are not up to date
(\`npx vitest run test/render/finding-page.test.ts -u\` writes them again).`;

/** docs/findings/README.md: all findings, with the pages that say more. */
export function findingsIndex({ findings }: FindingsList): string {
  const rows = findings.map(({ code, severity, title }) => `| [${code}](${code}.md) | ${severity} | ${title} |`);
  return `${[INTRO, ['| finding | severity | what it is |', '|---|---|---|', ...rows].join('\n')].join('\n\n')}\n`;
}
