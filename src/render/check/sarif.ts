import { CATALOGUE } from '../../findings/catalogue.js';
import { type CheckedFinding, type CheckResult, codesAmong } from '../../findings/check-result.js';
import type { FindingCode, Severity } from '../../findings/codes.js';
import { describeObject } from '../../findings/finding.js';
import { FINDING_PAGES } from '../../findings/pages.js';
import { findingPage } from '../finding-page.js';
import { printable } from '../printable.js';

const LEVELS: Record<Severity, string> = { error: 'error', warning: 'warning', info: 'note' };

/** Findings as SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html), for code scanning. */
export function checkSarif({ findings }: CheckResult, version: string): unknown {
  const codes = codesAmong(findings);
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'mesh-trace', version, rules: codes.map(ruleOf) } },
        results: findings.map(finding => resultOf(finding, codes.indexOf(finding.code))),
      },
    ],
  };
}

function ruleOf(code: FindingCode) {
  const { title, severity } = CATALOGUE[code];
  const { explanation, remedy } = FINDING_PAGES[code];
  return {
    id: code,
    shortDescription: { text: title },
    fullDescription: { text: explanation },
    help: { text: remedy.map(([say]) => say).join(' '), markdown: findingPage(code) },
    defaultConfiguration: { level: LEVELS[severity] },
  };
}

function resultOf(finding: CheckedFinding, ruleIndex: number) {
  const { code, severity, resource, proxy, why, remedy, evidence } = finding;
  const object = resource === null ? '' : describeObject(resource);
  return {
    ruleId: code,
    ruleIndex,
    level: LEVELS[severity],
    message: { text: printable(`${why} ${remedy}`) },
    locations: evidence.slice(0, 1).map(({ document, pointer, kind, name }) => ({
      physicalLocation: { artifactLocation: { uri: uriOf(document) }, region: { startLine: 1 } },
      logicalLocations: [{ name: name ?? kind, kind: 'resource', fullyQualifiedName: `${document}#${pointer}` }],
    })),
    partialFingerprints: { 'meshTrace/v1': [code, object, proxy ?? ''].join('|') },
    properties: { proxy, object, pointer: evidence[0]?.pointer ?? null },
  };
}

/** A relative URI: what stands in a file's name is no scheme, query or fragment. */
function uriOf(document: string): string {
  return document.split('/').map(encodeURIComponent).join('/');
}
