import { logReader } from '../../decode/access-log/reader.js';
import { explainTerm, nearTerms, termsByKind, unknownTerm } from '../../findings/explain.js';
import { asTerm } from '../../findings/explanations/split-terms.js';
import type { Language } from '../../findings/explanations/text.js';
import { list as listed } from '../../findings/words.js';
import { explanationMarkdown, explanationText } from '../../render/explanation/explanation.js';
import { explanationList } from '../../render/explanation/list.js';
import { coloured, plain } from '../../render/paint.js';
import { toJson, toYaml } from '../../render/serialise.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { UsageError } from '../fail.js';
import { hasColour, type Io } from '../io.js';
import { tell } from '../tell.js';

export interface ExplainOptions {
  output: 'text' | 'json' | 'yaml' | 'markdown';
  lang: Language;
}

/** Wider lines of prose are hard to read. */
const MAX_WIDTH = 100;

/** How an access-log line of a default format begins. */
const LINE_START = /\[\d{4}-\d\d-\d\dT[\d:.]+Z?\]/;

const READ_LINES = '`mesh-trace logs FILE` (- for standard input) reads whole lines and traces their requests.';

/**
 * `mesh-trace explain TERM…`: what stands in an access log, explained; without a term, all that can be asked. What is not known is named on
 * standard error; the exit code is 2 only where nothing is.
 */
export async function explainCommand(terms: readonly string[], options: ExplainOptions, io: Io): Promise<ExitCode> {
  const query = terms.map(asTerm).join(' ').trim();
  io.stdout.write(query === '' ? await list(options, io) : await explain(query, options, io));
  return EXIT.ok;
}

async function explain(query: string, options: ExplainOptions, io: Io): Promise<string> {
  const ofLine = termsOfLine(query);
  const explanation = explainTerm(ofLine ?? query, options.lang);
  if (explanation === null) throw unknown(query);
  tellUnknown(explanation.unknown, query, io);
  switch (options.output) {
    case 'json':
      return toJson(explanation);
    case 'yaml':
      return toYaml(explanation);
    case 'markdown':
      return explanationMarkdown(explanation, options.lang);
    default:
      return explanationText(explanation, layout(options, io));
  }
}

async function list(options: ExplainOptions, io: Io): Promise<string> {
  switch (options.output) {
    case 'json':
      return toJson(termsByKind());
    case 'yaml':
      return toYaml(termsByKind());
    default:
      return explanationList(termsByKind(), layout(options, io));
  }
}

function layout({ lang }: ExplainOptions, io: Io) {
  const paint = hasColour(io.stdout, io.env) ? coloured : plain;
  return { width: Math.min(io.stdout.columns, MAX_WIDTH), language: lang, paint };
}

/** What can be explained in a whole access-log line; null for what is none. */
function termsOfLine(query: string): string | null {
  const line = logReader(null)(query);
  if (line === null) return null;
  const { code, flags, details, termination, transportFailure } = line.entry;
  const parts = [code ?? '', ...flags, details ?? '', termination ?? '', `"${transportFailure ?? ''}"`];
  return parts.join(' ');
}

function tellUnknown(parts: readonly string[], query: string, io: Io): void {
  const isLine = isOfLog(query);
  if (parts.length === 0 && !isLine) return;
  const said =
    parts.length === 0
      ? 'this is a line of an access log.'
      : `nothing is known of ${listed(parts.map(part => `“${part}”`))}.`;
  tell([said, ...(isLine ? [READ_LINES] : hintsFor(query))], io);
}

function isOfLog(query: string): boolean {
  return LINE_START.test(query) || logReader(null)(query) !== null;
}

function hintsFor(query: string): string[] {
  const near = nearTerms(query);
  return near.length === 0 ? [] : [`Near: ${near.join(', ')}`];
}

function unknown(query: string): UsageError {
  if (isOfLog(query)) return new UsageError('nothing in this line of an access log can be explained', READ_LINES);
  const [hint = '`mesh-trace explain` without a term lists what it knows.'] = hintsFor(query);
  return new UsageError(`nothing is known of “${unknownTerm(query)}”`, hint);
}
