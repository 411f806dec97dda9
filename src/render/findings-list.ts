import { CATALOGUE } from '../findings/catalogue.js';
import { FINDING_CODES, type FindingCode, type Severity } from '../findings/codes.js';
import type { Paint } from './paint.js';
import { hang, padColumns } from './wrap.js';

/** Every finding that there is. */
export interface FindingsList {
  readonly schemaVersion: 1;
  readonly findings: readonly { readonly code: FindingCode; readonly severity: Severity; readonly title: string }[];
}

export function findingsList(): FindingsList {
  return {
    schemaVersion: 1,
    findings: FINDING_CODES.map(code => ({ code, severity: CATALOGUE[code].severity, title: CATALOGUE[code].title })),
  };
}

/** All findings for a terminal: code, severity, title. */
export function renderFindingsList(
  { findings }: FindingsList,
  { width, paint }: { width: number; paint: Paint },
): string {
  const codeColumns = Math.max(...findings.map(({ code }) => code.length)) + 2;
  const lines = findings.flatMap(({ code, severity, title }) => {
    const head = `${padColumns(code, codeColumns)}${padColumns(severity, 9)}`;
    const [first = '', ...rest] = hang(head, title, width);
    return [first.replace(code, () => paint('bold', code)), ...rest];
  });
  return `${lines.join('\n')}\n`;
}

const _INTRO = `# Findings

What \`mesh-trace check\` and every trace look for. A finding keeps its code for good; its severity is that of the page unless the place where
it is found says otherwise: what ends a request is an error. \`mesh-trace explain CODE\` prints a page, \`mesh-trace list findings\` this table.

This page and those that it links to are made from the tables in \`src/findings\`; a test fails when they are not up to date
(\`npx vitest run test/render/finding-page.test.ts -u\` writes them again).`;
