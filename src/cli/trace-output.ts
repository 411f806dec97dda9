import type { Language } from '../findings/explanations/text.js';
import { TEXTS } from '../render/lang/texts.js';
import { coloured, plain } from '../render/paint.js';
import { toJson, yamlWriter } from '../render/serialise.js';
import type { LinePart } from '../render/trace-line.js';
import { renderTraceList, type TraceListRow } from '../render/trace-list.js';
import { renderTrace } from '../render/trace-table.js';
import { Batch } from './batch.js';
import { hasColour, type Io, type Output, rowWidth } from './io.js';
import { type TextOf, type TraceForm, textIn } from './trace-text.js';

export interface TraceOutputOptions {
  output: TraceForm;
  verbose?: boolean;
  lang: Language;
}

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
  if (isOne && options.output !== 'jsonl') return { textOf: await textOfOne(options, io), ...single(io) };
  const textOf = await textIn(options.output);
  switch (options.output) {
    case 'jsonl':
      return { textOf, ...lines(io) };
    case 'json':
      return { textOf, ...list({ opening: '[\n', comma: ',\n', end: '\n]\n' }, io) };
    case 'yaml':
      return { textOf, ...list({ opening: '', comma: '', end: '' }, io) };
    default:
      return { textOf, ...table(io) };
  }
}

type Sink = Omit<TraceOutput, 'textOf'>;

async function textOfOne({ output, verbose, lang }: TraceOutputOptions, { stdout, env }: Io): Promise<TextOf> {
  if (output === 'json') return result => [toJson(result)];
  if (output === 'yaml') {
    const write = await yamlWriter();
    return result => [write(result)];
  }
  const paint = hasColour(stdout, env) ? coloured : plain;
  const view = { width: stdout.columns, paint, verbose: verbose === true, texts: TEXTS[lang].trace };
  return result => [renderTrace(result, view)];
}

function single({ stdout }: Io): Sink {
  return { add: parts => void stdout.write(parts.join('')), end: () => {}, flush: () => {} };
}

function lines({ stdout }: Io): Sink {
  const batch = new Batch(stdout);
  const write = () => void batch.write();
  return { add: parts => batch.add(parts), end: write, flush: write };
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

function table({ stdout, env }: Io): Sink {
  const rows: TraceListRow[] = [];
  const paint = hasColour(stdout, env) ? coloured : plain;
  return {
    add: parts => void rows.push(JSON.parse(parts.map(asString).join(''))),
    end: () => {
      if (rows.length > 0) stdout.write(renderTraceList(rows, { width: rowWidth(stdout), paint }));
    },
    flush: () => {},
  };
}

function asString(part: LinePart): string {
  return typeof part === 'string' ? part : Buffer.from(part.buffer, part.byteOffset, part.length).toString();
}
