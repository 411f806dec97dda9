import { coloured, plain } from '../render/paint.js';
import { toJson, yamlWriter } from '../render/serialise.js';
import type { LinePart } from '../render/trace/line.js';
import { renderTraceList, type TraceListRow } from '../render/trace/list.js';
import { Batch } from './batch.js';
import { type Io, type Output, rowWidth } from './io.js';
import { type TextOf, type TraceOutputOptions, type TraceShape, textIn, traceShape } from './trace-text.js';
import { wholeTrace } from './whole-trace.js';

/** Takes the texts of results one after another. What cannot be written before the last one is known is written by `end`. */
export interface TraceOutput {
  /** The text to take of a result. */
  readonly textOf: TextOf;
  /** A promise where the next text is to wait until the reader has taken what there is. */
  readonly add: (text: readonly LinePart[]) => Promise<void> | undefined;
  readonly end: () => Promise<void> | void;
  /** Writes what may be written before a failure. */
  readonly flush: () => void;
}

/** Where the results of a trace go: of one request as they are, of many as a list. JSON Lines and tables hold no whole result. */
export async function traceOutput(options: TraceOutputOptions, isOne: boolean, io: Io): Promise<TraceOutput> {
  const shape = traceShape(options, io);
  if (isOne && shape.form !== 'jsonl') return { textOf: await textOfOne(shape), ...single(io) };
  return { textOf: await textIn(shape), ...sinkFor(shape, io) };
}

/** Whether answers are written one after another, as they come. */
export function isWrittenAtOnce({ output, verbose }: TraceOutputOptions): boolean {
  return output === 'jsonl' || (output === 'table' && verbose === true);
}

type Sink = Omit<TraceOutput, 'textOf'>;

async function textOfOne(shape: TraceShape): Promise<TextOf> {
  if (shape.form === 'json') return result => [toJson(result)];
  if (shape.form === 'yaml') {
    const write = await yamlWriter();
    return result => [write(result)];
  }
  return result => [wholeTrace(result, shape, { isOne: true })];
}

function sinkFor(shape: TraceShape, io: Io): Sink {
  switch (shape.form) {
    case 'jsonl':
      return lines('', io);
    case 'json':
      return list({ opening: '[\n', comma: ',\n', end: '\n]\n' }, io);
    case 'yaml':
      return list({ opening: '', comma: '', end: '' }, io);
    default:
      return shape.verbose ? lines('\n', io) : table(shape, io);
  }
}

function single({ stdout }: Io): Sink {
  return { add: parts => void stdout.write(parts.join('')), end: () => {}, flush: () => {} };
}

function lines(between: string, { stdout }: Io): Sink {
  const batch = new Batch(stdout);
  const write = () => void batch.write();
  let isFirst = true;
  const add = (parts: readonly LinePart[]) => {
    const all = isFirst || between === '' ? parts : [between, ...parts];
    isFirst = false;
    return batch.add(all);
  };
  return { add, end: write, flush: write };
}

/** What stands around the items of a list. */
interface ListMarks {
  readonly opening: string;
  readonly comma: string;
  readonly end: string;
}

/** A list that is not there as a whole is none: nothing of it is written before its end. */
function list({ opening, comma, end }: ListMarks, { stdout }: Io): Sink {
  const texts: Uint8Array[] = [];
  const batch = new Batch({ write: () => {}, writeBytes: bytes => void texts.push(bytes) });
  let isEmpty = true;
  return {
    add: parts => {
      batch.add([isEmpty ? opening : comma, ...parts]);
      isEmpty = false;
      return undefined;
    },
    end: async () => {
      batch.add([isEmpty ? '[]\n' : end]);
      batch.write();
      for (const text of texts) await writeText(text, stdout);
    },
    flush: () => {},
  };
}

async function writeText(text: Uint8Array, stdout: Output): Promise<void> {
  if (stdout.writeBytes === undefined) stdout.write(Buffer.from(text).toString());
  else await stdout.writeBytes(text);
}

function table({ isColoured }: TraceShape, { stdout }: Io): Sink {
  const rows: TraceListRow[] = [];
  const paint = isColoured ? coloured : plain;
  return {
    add: parts => void rows.push(JSON.parse(parts.map(asString).join(''))),
    end: () => {
      if (rows.length === 0) return;
      stdout.write(renderTraceList(rows, { width: rowWidth(stdout), paint }));
      if (stdout.isTerminal) stdout.write(`${paint('dim', WHOLE)}\n`);
    },
    flush: () => {},
  };
}

/** Rows in a pipe are all that there is, so that each line of it is one. */
const WHOLE = 'each trace in full: -v; as data: -o jsonl';

function asString(part: LinePart): string {
  return typeof part === 'string' ? part : Buffer.from(part.buffer, part.byteOffset, part.length).toString();
}
