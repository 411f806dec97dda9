import { proxyOfLine } from '../../compare/access-log/proxy-of-line.js';
import { LogFormatError, type LogReader, logReader } from '../../decode/access-log/reader.js';
import { type LogReport, LogSurvey } from '../../findings/access-log/survey.js';
import type { Language } from '../../findings/explanations/text.js';
import { withFindings } from '../../findings/of-trace.js';
import { selectProxy } from '../../model/select.js';
import { logsTable } from '../../render/logs-table.js';
import { coloured, plain } from '../../render/paint.js';
import { toJson, toYaml } from '../../render/serialise.js';
import { readLines } from '../../source/lines.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { UsageError } from '../fail.js';
import { hasColour, type Io } from '../io.js';
import { type Loaded, loadSnapshot } from '../load.js';
import type { GlobalOptions, SourceOptions } from '../options.js';
import { tellWarnings } from '../tell.js';
import { tracerOf } from '../tracer.js';

export interface LogsOptions extends SourceOptions, GlobalOptions {
  proxy?: string;
  format?: string;
  all?: boolean;
  maxCases: number;
  output: 'table' | 'json' | 'yaml';
  lang: Language;
}

/** `mesh-trace logs FILE`: traces the requests of an access log and compares. Exit code 1 where a line tells of a failure. */
export async function logsCommand(path: string, options: LogsOptions, io: Io): Promise<ExitCode> {
  const read = readerOf(options.format);
  const wanted = options.proxy === undefined ? [] : [options.proxy];
  if (options.dryRun === true) return (await import('../dry-run.js')).printCommands(wanted, options, io);
  const loaded = await loadSnapshot(options, wanted, io);
  tellWarnings(loaded.warnings, options, io);
  const survey = surveyOf(loaded, options);
  for await (const lines of readLines(path, io.stdin))
    for (const line of lines) if (line !== '') survey.add(read(line));
  const report = survey.report();
  if (report.lines > 0 && report.otherLines === report.lines) throw noLogLines(path, options.format);
  await print(report, options, io);
  return report.failing > 0 ? EXIT.failed : EXIT.ok;
}

function readerOf(format: string | undefined): LogReader {
  try {
    return logReader(format ?? null);
  } catch (error) {
    if (error instanceof LogFormatError) throw new UsageError(error.message, 'Give the access log’s own format.');
    throw error;
  }
}

function surveyOf(loaded: Loaded, options: LogsOptions): LogSurvey {
  const { proxies } = loaded.snapshot;
  const named = options.proxy === undefined ? proxies : [selectProxy(proxies, options.proxy)];
  return new LogSurvey({
    proxyOf: proxyOfLine(named),
    trace: (proxy, request, settings) => tracerOf(loaded, () => proxy, settings)(request, 1),
    findingsIn: result => withFindings(result, loaded.snapshot),
    isAll: options.all === true,
    maxCases: options.maxCases,
  });
}

function noLogLines(path: string, format: string | undefined): UsageError {
  return new UsageError(
    `${path} holds no access-log lines${format === undefined ? ' in a default format of Istio or Envoy' : ' in this format'}`,
    'Give --format with the accessLogFormat of the mesh, or Envoy’s text_format or json_format.',
  );
}

async function print(report: LogReport, options: LogsOptions, io: Io): Promise<void> {
  switch (options.output) {
    case 'json':
      io.stdout.write(toJson(report));
      return;
    case 'yaml':
      io.stdout.write(await toYaml(report));
      return;
    default: {
      const paint = hasColour(io.stdout, io.env) ? coloured : plain;
      const width = Math.min(io.stdout.columns, 120);
      io.stdout.write(logsTable(report, { width, paint, language: options.lang, files: options.file ?? [] }));
    }
  }
}
