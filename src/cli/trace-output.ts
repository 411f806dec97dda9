import type { Language } from '../findings/explanations/text.js';
import { TEXTS } from '../render/lang/texts.js';
import { coloured, plain } from '../render/paint.js';
import { toJson, toYaml } from '../render/serialise.js';
import { traceLine } from '../render/trace-line.js';
import { renderTraceList, type TraceListRow, traceListRow } from '../render/trace-list.js';
import { renderTrace } from '../render/trace-table.js';
import type { TraceResult } from '../trace/result.js';
import { Batch } from './batch.js';
import { hasColour, type Io } from './io.js';

export interface TraceOutputOptions {
  output: 'table' | 'json' | 'yaml' | 'jsonl';
  verbose?: boolean;
  lang: Language;
}

/** Takes results one after another. What cannot be written before the last one is known is written by `end`. */
export interface TraceOutput {
  /** A promise where the next result is to wait until the reader has taken what there is. */
  readonly add: (result: TraceResult) => Promise<void> | undefined;
  readonly end: () => Promise<void> | void;
  /** Writes what may be written before a failure. */
  readonly flush: () => void;
}

/** Where the results of a trace go: of one request as they are, of many as a list. JSON Lines and tables hold no whole result. */
export function traceOutput(options: TraceOutputOptions, isOne: boolean, io: Io): TraceOutput {
  const { stdout } = io;
  switch (options.output) {
    case 'jsonl':
      return lines(io);
    case 'json':
      return collected(results => stdout.write(toJson(isOne ? results[0] : results)));
    case 'yaml':
      return collected(async results => stdout.write(await toYaml(isOne ? results[0] : results)));
    default:
      return isOne ? single(options, io) : list(io);
  }
}

function lines({ stdout }: Io): TraceOutput {
  const batch = new Batch(stdout);
  const write = () => void batch.write();
  return { add: result => batch.add(traceLine(result)), end: write, flush: write };
}

function collected(end: (results: readonly TraceResult[]) => Promise<void> | void): TraceOutput {
  const results: TraceResult[] = [];
  return { add: result => void results.push(result), end: () => end(results), flush: () => {} };
}

function single({ verbose, lang }: TraceOutputOptions, { stdout, env }: Io): TraceOutput {
  const paint = hasColour(stdout, env) ? coloured : plain;
  const view = { width: stdout.columns, paint, verbose: verbose === true, texts: TEXTS[lang].trace };
  return { add: result => void stdout.write(renderTrace(result, view)), end: () => {}, flush: () => {} };
}

function list({ stdout, env }: Io): TraceOutput {
  const rows: TraceListRow[] = [];
  const paint = hasColour(stdout, env) ? coloured : plain;
  return {
    add: result => void rows.push(traceListRow(result)),
    end: () => {
      if (rows.length > 0) stdout.write(renderTraceList(rows, { width: stdout.columns, paint }));
    },
    flush: () => {},
  };
}
