import { TEXTS } from '../render/lang/texts.js';
import { coloured, plain } from '../render/paint.js';
import { printable } from '../render/printable.js';
import { renderTrace } from '../render/trace/table.js';
import type { TraceResult } from '../trace/result.js';
import type { TraceShape } from './trace-text.js';

/** A trace as people read it; where it is not the only one, below its id, as `head` names the files that it shows. */
export function wholeTrace(
  result: TraceResult,
  { verbose, lang, columns, isColoured }: TraceShape,
  { isOne }: { isOne: boolean },
): string {
  const paint = isColoured ? coloured : plain;
  const text = renderTrace(result, { width: columns, paint, verbose, texts: TEXTS[lang].trace });
  return isOne ? text : `${paint('bold', `==> ${printable(result.id)} <==`)}\n${text}`;
}
