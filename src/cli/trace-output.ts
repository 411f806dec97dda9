import type { Language } from '../findings/explanations/text.js';
import { TEXTS } from '../render/lang/texts.js';
import { coloured, plain } from '../render/paint.js';
import { toJson, toJsonLine, toYaml } from '../render/serialise.js';
import { renderTraceList, type TraceListRow, traceListRow } from '../render/trace-list.js';
import { renderTrace } from '../render/trace-table.js';
import type { TraceResult } from '../trace/result.js';
import { hasColour, type Io } from './io.js';

export interface TraceOutputOptions {
  output: 'table' | 'json' | 'yaml' | 'jsonl';
  verbose?: boolean;
  lang: Language;
}

/** Takes results one after another. What cannot be written before the last one is known is written by `end`. */
export interface TraceOutput {
  readonly add: (result: TraceResult) => void;
  readonly end: () => Promise<void> | void;
}

/** Where the results of a trace go: of one request as they are, of many as a list. JSON Lines and tables hold no whole result. */
export function traceOutput(options: TraceOutputOptions, isOne: boolean, io: Io): TraceOutput {
  const { stdout } = io;
  switch (options.output) {
    case 'jsonl':
      return { add: result => stdout.write(toJsonLine(result)), end: () => {} };
    case 'json':
      return collected(results => stdout.write(toJson(isOne ? results[0] : results)));
    case 'yaml':
      return collected(async results => stdout.write(await toYaml(isOne ? results[0] : results)));
    default:
      return isOne ? single(options, io) : list(io);
  }
}

function collected(end: (results: readonly TraceResult[]) => Promise<void> | void): TraceOutput {
  const results: TraceResult[] = [];
  return { add: result => results.push(result), end: () => end(results) };
}

function single({ verbose, lang }: TraceOutputOptions, { stdout, env }: Io): TraceOutput {
  const paint = hasColour(stdout, env) ? coloured : plain;
  const view = { width: stdout.columns, paint, verbose: verbose === true, texts: TEXTS[lang].trace };
  return { add: result => stdout.write(renderTrace(result, view)), end: () => {} };
}

function list({ stdout, env }: Io): TraceOutput {
  const rows: TraceListRow[] = [];
  const paint = hasColour(stdout, env) ? coloured : plain;
  return {
    add: result => rows.push(traceListRow(result)),
    end: () => stdout.write(renderTraceList(rows, { width: stdout.columns, paint })),
  };
}
