import { explainTerm } from '../../findings/explain.js';
import type { Language } from '../../findings/explanations/text.js';
import type { TraceResult } from '../../trace/result.js';
import { branchSentences } from '../branch-sentences.js';
import type { RunbookTexts } from '../lang/runbook-texts.js';
import { TEXTS } from '../lang/texts.js';
import { type Block, code, type Section } from '../page/page.js';
import { toneOf } from '../tone.js';

/** The verdict, its cause, and what the codes in the access log mean. */
export function answerSection(result: TraceResult, language: Language): Section {
  const { runbook } = TEXTS[language];
  const [finding] = result.findings;
  const verdict: Block = {
    kind: 'verdict',
    tone: toneOf(result),
    label: headline(result, runbook),
    texts: [
      ...branchSentences(plain(result.sentence)),
      ...(finding?.severity === 'error' ? [runbook.cause(finding.why)] : []),
    ],
  };
  const logged = ends(result)
    .map(loggedLine)
    .filter(line => line !== '');
  const paragraphs = [
    ...[...new Set(logged)].map(line => runbook.logged(code(line))),
    ...meanings(result, language).map(({ term, means }) => runbook.means(code(term), means)),
  ];
  return {
    heading: runbook.headings.answer,
    blocks: [verdict, ...paragraphs.map(text => ({ kind: 'paragraph', text }) as const)],
  };
}

function headline({ outcome, endedBy }: TraceResult, texts: RunbookTexts): string {
  const isServer = endedBy === 'server' && (outcome === 'responded' || outcome === 'closed');
  return isServer ? texts.endedByServer : texts.headlines[outcome];
}

interface End {
  readonly code: number | null;
  readonly flag: string | null;
  readonly details: string | null;
}

/** The ends of all branches. */
function ends({ outcome, responseCode, responseFlag, responseCodeDetails, weightedClusters }: TraceResult): End[] {
  if (outcome !== 'mixed') return [{ code: responseCode, flag: responseFlag, details: responseCodeDetails }];
  return weightedClusters.map(branch => ({
    code: branch.responseCode ?? null,
    flag: branch.responseFlag ?? null,
    details: null,
  }));
}

function loggedLine({ code: status, flag, details }: End): string {
  return [status, flag, details].filter(part => part !== null).join(' ');
}

/** The flag, else the details, else the status: each once. */
function meanings(result: TraceResult, language: Language): { term: string; means: string }[] {
  const terms = ends(result).map(({ code: status, flag, details }) => flag ?? details ?? String(status ?? ''));
  return [...new Set(terms)].flatMap(term =>
    term === '' ? [] : (explainTerm(term, language)?.terms.slice(0, 1) ?? []),
  );
}

function plain(text: string): string {
  return text.replaceAll('`', 'ˋ');
}
