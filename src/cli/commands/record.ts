import { RECORDED_FIELDS, recordOf } from '../../compare/record.js';
import { withFindings } from '../../findings/of-trace.js';
import { toYaml } from '../../render/serialise.js';
import type { TraceResult } from '../../trace/result.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { UsageError } from '../fail.js';
import type { Io } from '../io.js';
import { loadSnapshot } from '../load.js';
import type { GlobalOptions, SourceOptions } from '../options.js';
import { readRequests } from '../requests.js';
import { tellWarnings } from '../tell.js';
import { proxyFinder, tracerOf } from '../tracer.js';
import { unknownFieldWarnings } from '../unknown-fields.js';
import { type OutOptions, writeOut } from '../write-out.js';

export interface RecordOptions extends SourceOptions, GlobalOptions, OutOptions {
  proxy?: string;
  fields?: string;
}

/** `mesh-trace record REQUESTS`: writes the expectations that the configuration meets now. */
export async function recordCommand(path: string, options: RecordOptions, io: Io): Promise<ExitCode> {
  const requests = await readRequests(path, io);
  tellWarnings(unknownFieldWarnings(requests), options, io);
  const named = requests.map(request => request.proxy ?? options.proxy).filter(name => name !== undefined);
  const wanted = [...new Set(named)];
  if (options.dryRun === true) return (await import('../dry-run.js')).printCommands(wanted, options, io);
  const loaded = await loadSnapshot(options, wanted, io);
  tellWarnings(loaded.warnings, options, io);
  const trace = tracerOf(loaded, proxyFinder(loaded, options.proxy));
  const traced = requests.map((request, index) => trace(request, index + 1));
  const fields = fieldsOf(options.fields, traced);
  const asked = fields.includes('findings');
  const results = asked ? traced.map(result => withFindings(result, loaded.snapshot)) : traced;
  const recorded = results.map((result, index) => recordOf(requests[index] ?? {}, result, fields));
  await writeOut(await toYaml(recorded), options, io);
  return EXIT.ok;
}

function fieldsOf(list: string | undefined, results: readonly TraceResult[]): readonly string[] {
  if (list === undefined) return RECORDED_FIELDS;
  const fields = list.split(',').map(field => field.trim());
  const known = new Set(results.flatMap(result => Object.keys(result)));
  const unknown = fields.find(field => !known.has(field));
  if (unknown !== undefined)
    throw new UsageError(`the result has no field ${unknown}`, `It has: ${[...known].sort().join(', ')}`);
  return fields;
}
