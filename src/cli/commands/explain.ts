import { explainTerm, nearTerms, termsByKind, unknownTerm } from '../../findings/explain.js';
import type { Language } from '../../findings/explanations/text.js';
import { explanationMarkdown, explanationText } from '../../render/explanation.js';
import { explanationList } from '../../render/explanation-list.js';
import { coloured, plain } from '../../render/paint.js';
import { toJson, toYaml } from '../../render/serialise.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { UsageError } from '../fail.js';
import { hasColour, type Io } from '../io.js';

export interface ExplainOptions {
  output: 'text' | 'json' | 'yaml' | 'markdown';
  lang: Language;
}

/** Wider lines of prose are hard to read. */
const MAX_WIDTH = 100;

/** `mesh-trace explain TERM…`: what stands in an access log, explained; without a term, all that can be asked. */
export async function explainCommand(terms: readonly string[], options: ExplainOptions, io: Io): Promise<ExitCode> {
  const query = terms.join(' ').trim();
  io.stdout.write(query === '' ? await list(options, io) : await explain(query, options, io));
  return EXIT.ok;
}

async function explain(query: string, options: ExplainOptions, io: Io): Promise<string> {
  const explanation = explainTerm(query, options.lang);
  if (explanation === null) throw unknown(query);
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

function unknown(query: string): UsageError {
  const near = nearTerms(query);
  const hint =
    near.length === 0 ? '`mesh-trace explain` without a term lists what it knows.' : `Near: ${near.join(', ')}`;
  return new UsageError(`nothing is known of “${unknownTerm(query)}”`, hint);
}
