import { CATALOGUE } from '../findings/catalogue.js';
import { FINDING_CODES, type FindingCode, type Severity } from '../findings/codes.js';
import type { Paint } from './paint.js';
import { hang, padColumns } from './wrap.js';

/** Every finding that there is. */
export interface FindingsList {
  readonly schemaVersion: 1;
  readonly findings: readonly { readonly code: FindingCode; readonly severity: Severity; readonly title: string }[];
}

/** All codes with severity and title, in the order of the catalogue. */
export function findingsList(): FindingsList {
  return {
    schemaVersion: 1,
    findings: FINDING_CODES.map(code => ({ code, severity: CATALOGUE[code].severity, title: CATALOGUE[code].title })),
  };
}

const SEVERITY_COLUMNS = 9;

/** Where less is left for a title, it stands below. */
const LEAST_TITLE = 24;

/** All findings for a terminal: code, severity, title. */
export function renderFindingsList(
  { findings }: FindingsList,
  { width, paint }: { width: number; paint: Paint },
): string {
  const codeColumns = Math.max(...findings.map(({ code }) => code.length)) + 2;
  const isNarrow = width < codeColumns + SEVERITY_COLUMNS + LEAST_TITLE;
  const lines = findings.flatMap(({ code, severity, title }) => {
    const head = `${padColumns(code, codeColumns)}${padColumns(severity, SEVERITY_COLUMNS)}`;
    const [first = '', ...rest] = isNarrow ? [head.trimEnd(), ...hang('    ', title, width)] : hang(head, title, width);
    return [first.replace(code, () => paint('bold', code)), ...rest];
  });
  return `${lines.join('\n')}\n`;
}
