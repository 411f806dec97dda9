import type { TermKind } from '../../findings/explanations/explained.js';
import type { Language } from '../../findings/explanations/text.js';
import type { Paint } from '../paint.js';
import { hang } from '../wrap.js';
import { EXPLANATION_LABELS } from './labels.js';

/** The terms that can be explained, kind by kind. */
export function explanationList(
  kinds: readonly { kind: TermKind; terms: readonly string[] }[],
  { width, language, paint }: { width: number; language: Language; paint: Paint },
): string {
  const labels = EXPLANATION_LABELS[language];
  const blocks = kinds.map(({ kind, terms }) =>
    [paint('bold', labels.kinds[kind]), ...hang('  ', terms.join(', '), width)].join('\n'),
  );
  return `${blocks.join('\n\n')}\n`;
}
