import type { CheckedFinding, CheckResult } from '../../findings/check-result.js';
import type { Severity } from '../../findings/codes.js';
import { describeObject } from '../../findings/finding.js';
import { printable, printableLines } from '../printable.js';
import { describeProxies, type FindingGroup, groupFindings } from './groups.js';

const COMMANDS: Record<Severity, string> = { error: 'error', warning: 'warning', info: 'notice' };

/**
 * Findings as commands of a GitHub Actions log, each object once: they show as annotations.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function checkGithub({ findings }: CheckResult): string {
  return groupFindings(findings)
    .map(group => `${annotation(group)}\n`)
    .join('');
}

function annotation({ first, whys, proxies }: FindingGroup): string {
  const properties = [...fileOf(first), `title=${property(titleOf(first))}`].join(',');
  const seen = proxies.length === 0 ? '' : `\nIn ${describeProxies(proxies)}`;
  return `::${COMMANDS[first.severity]} ${properties}::${data(`${whys[0] ?? ''}\n${first.remedy}${seen}`)}`;
}

function fileOf({ evidence }: CheckedFinding): string[] {
  const [place] = evidence;
  return place === undefined ? [] : [`file=${property(place.document)}`, 'line=1'];
}

function titleOf({ code, title, resource }: CheckedFinding): string {
  return `${code}: ${resource === null ? title : describeObject(resource)}`;
}

const ESCAPES: Record<string, string> = { '%': '%25', '\r': '%0D', '\n': '%0A', ':': '%3A', ',': '%2C' };

function data(text: string): string {
  return printableLines(text).replace(/[%\r\n]/g, mark => ESCAPES[mark] ?? mark);
}

function property(text: string): string {
  return printable(text).replace(/[%\r\n:,]/g, mark => ESCAPES[mark] ?? mark);
}
