import type { Language } from '../findings/explanations/text.js';
import { toJsonItem, yamlWriter } from '../render/serialise.js';
import { type LinePart, traceLine } from '../render/trace/line.js';
import { traceListRow } from '../render/trace/list.js';
import type { TraceResult } from '../trace/result.js';
import { type ExitCode, exitCodeOf } from './exit-codes.js';
import { hasColour, type Io } from './io.js';

/** The form of an answer. */
type TraceForm = 'table' | 'json' | 'yaml' | 'jsonl';

/** Options that say how answers look. */
export interface TraceOutputOptions {
  output: TraceForm;
  verbose?: boolean;
  lang: Language;
}

/** How answers look, on this output; threads are told of it. */
export interface TraceShape {
  readonly form: TraceForm;
  /** In a table, each trace in full, with candidates, evidence and commands. */
  readonly verbose: boolean;
  readonly lang: Language;
  readonly columns: number;
  readonly isColoured: boolean;
}

/** The look that options ask for, where standard output is that. */
export function traceShape({ output, verbose, lang }: TraceOutputOptions, { stdout, env }: Io): TraceShape {
  const isColoured = hasColour(stdout, env);
  return { form: output, verbose: verbose === true, lang, columns: stdout.columns, isColoured };
}

/** The text that stands for a result among many, in parts. */
export type TextOf = (result: TraceResult) => readonly LinePart[];

/** How the text of a result is made: its line, its item of a list; for a table the cells of its row, as JSON, or the whole trace below its id. */
export async function textIn(shape: TraceShape): Promise<TextOf> {
  switch (shape.form) {
    case 'jsonl':
      return traceLine;
    case 'json':
      return result => [toJsonItem(result)];
    case 'yaml': {
      const write = await yamlWriter();
      return result => [write([result])];
    }
    default: {
      if (!shape.verbose) return result => [JSON.stringify(traceListRow(result))];
      const { wholeTrace } = await import('./whole-trace.js');
      return result => [wholeTrace(result, shape, { isOne: false })];
    }
  }
}

/** What is told of a result among many. */
export interface Told {
  readonly code: ExitCode;
  readonly text: readonly LinePart[];
}

/** What is told of results whose text is made like that. */
export function toldWith(textOf: TextOf): (result: TraceResult) => Told {
  return result => ({ code: exitCodeOf(result), text: textOf(result) });
}
