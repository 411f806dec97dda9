import { FINDING_CODES } from '../../findings/codes.js';
import { FINDING_PAGES_ZH } from '../../findings/pages/zh/pages.js';
import type { FindingSummary, Step, TraceResult } from '../../trace/result.js';
import { remedyParts } from '../remedy.js';
import { phraseZh } from './phrases.zh.js';
import { sentenceZh } from './sentence.zh.js';

/** A result whose prose is Chinese: sentence, reasons and findings. Names and messages of Envoy stay what they are. */
export function resultZh(result: TraceResult): TraceResult {
  return {
    ...result,
    sentence: sentenceZh(result),
    steps: result.steps.map(stepZh),
    findings: result.findings.map(findingZh),
    assumptions: result.assumptions.map(phraseZh),
    ...(result.peer === undefined ? {} : { peer: resultZh(result.peer) }),
  };
}

function stepZh(step: Step): Step {
  return {
    ...step,
    why: phraseZh(step.why),
    details: step.details.map(phraseZh),
    candidates: step.candidates.map(candidate => ({ ...candidate, reason: phraseZh(candidate.reason) })),
  };
}

/** What the code's page says in Chinese, of the object at hand; the facts of the case, which hold names, behind it. */
function findingZh(finding: FindingSummary): FindingSummary {
  const code = FINDING_CODES.find(known => known === finding.code);
  if (code === undefined) return finding;
  const { title, remedy } = FINDING_PAGES_ZH[code];
  const { resource } = finding;
  const name =
    resource === null ? '' : `${resource.namespace === null ? '' : `${resource.namespace}/`}${resource.name}`;
  const about = resource === null ? '' : `：${resource.kind} ${name}`;
  const commands = remedyParts(finding.remedy).commands.map(command => `\`${command}\``);
  return {
    ...finding,
    title,
    why: `${title}${about}。依据：${finding.why}`,
    remedy: `${remedy.join('')}${commands.length === 0 ? '' : ` (${commands.join('; ')})`}`,
  };
}
