import { toJsonItem, yamlWriter } from '../render/serialise.js';
import { type LinePart, traceLine } from '../render/trace-line.js';
import { traceListRow } from '../render/trace-list.js';
import type { TraceResult } from '../trace/result.js';
import { type ExitCode, exitCodeOf } from './exit-codes.js';

/** The form of an answer. */
export type TraceForm = 'table' | 'json' | 'yaml' | 'jsonl';

/** The text that stands for a result among many, in parts. */
export type TextOf = (result: TraceResult) => readonly LinePart[];

/** How the text of a result is made: its line, its item of a list; for a table the cells of its row, as JSON. */
export async function textIn(form: TraceForm): Promise<TextOf> {
  switch (form) {
    case 'jsonl':
      return traceLine;
    case 'json':
      return result => [toJsonItem(result)];
    case 'yaml': {
      const write = await yamlWriter();
      return result => [write([result])];
    }
    default:
      return result => [JSON.stringify(traceListRow(result))];
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
