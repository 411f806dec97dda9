import type { Language } from '../../findings/explanations/text.js';
import { TEXTS } from '../../render/lang/texts.js';
import { coloured, plain } from '../../render/paint.js';
import { toJson, toJsonLine, toYaml } from '../../render/serialise.js';
import { renderTraceList } from '../../render/trace-list.js';
import { renderTrace } from '../../render/trace-table.js';
import type { TraceRequest } from '../../trace/request.js';
import type { TraceResult } from '../../trace/result.js';
import { type ExitCode, exitCodeOf } from '../exit-codes.js';
import { UsageError } from '../fail.js';
import { hasColour, type Io } from '../io.js';
import { loadNamed, loadSnapshot } from '../load.js';
import type { GlobalOptions, RequestOptions, SourceOptions } from '../options.js';
import { readRequests, requestOf } from '../requests.js';
import { tellWarnings } from '../tell.js';
import { traceWithPeers } from '../trace-with-peers.js';
import { proxyFinder, type TracerOptions, tracerOf } from '../tracer.js';
import type { WhatIfOptions } from '../what-if.js';

export interface TraceOptions extends SourceOptions, RequestOptions, GlobalOptions, WhatIfOptions, TracerOptions {
  requests?: string;
  output: 'table' | 'json' | 'yaml' | 'jsonl';
  verbose?: boolean;
  lang: Language;
}

/** `mesh-trace [pod.ns] --to …`: traces one request, or those of a file. */
export async function traceCommand(proxyName: string | undefined, options: TraceOptions, io: Io): Promise<ExitCode> {
  const requests = await requestsOf(options, io);
  const named = requests.map(request => request.proxy ?? proxyName);
  const wanted = wantedOf(named, options);
  if (options.dryRun === true) return (await import('../dry-run.js')).printCommands(wanted, options, io);
  const first = await (named.includes(undefined) ? loadSnapshot : loadNamed)(options, wanted, io);
  tellWarnings(first.warnings, options, io);
  const { loaded, results: traced } = await traceWithPeers(first, requests, known =>
    tracerOf(known, proxyFinder(known, proxyName, options.from), options),
  );
  const later = loaded.warnings.filter(warning => !first.warnings.includes(warning));
  tellWarnings(later, options, io);
  const { withFindings } = await import('../../findings/of-trace.js');
  const results = traced.map(result => withFindings(result, loaded.snapshot, options));
  await print(results, options, io);
  return exitCodeOf(results);
}

/** The proxies to read: those that send, and the one that receives where it is named. */
function wantedOf(named: readonly (string | undefined)[], { peer }: TraceOptions): string[] {
  const senders = new Set(named.filter(name => name !== undefined));
  return senders.size === 0 || peer === undefined ? [...senders] : [...senders.add(peer)];
}

async function requestsOf(options: TraceOptions, io: Io): Promise<TraceRequest[]> {
  const own = requestOf(options);
  if (options.requests === undefined) {
    if (own.to === undefined)
      throw new UsageError(
        'nothing says where the request goes',
        'Give --to host:port (or a URL), or --requests FILE.',
      );
    return [own];
  }
  const fromFile = await readRequests(options.requests, io);
  return fromFile.map(request => ({ ...own, ...request }));
}

async function print(results: readonly TraceResult[], options: TraceOptions, io: Io): Promise<void> {
  const isOne = options.requests === undefined;
  switch (options.output) {
    case 'json':
      io.stdout.write(toJson(isOne ? results[0] : results));
      return;
    case 'yaml':
      io.stdout.write(await toYaml(isOne ? results[0] : results));
      return;
    case 'jsonl':
      for (const result of results) io.stdout.write(toJsonLine(result));
      return;
    default: {
      const paint = hasColour(io.stdout, io.env) ? coloured : plain;
      const view = {
        width: io.stdout.columns,
        paint,
        verbose: options.verbose === true,
        texts: TEXTS[options.lang].trace,
      };
      io.stdout.write(
        isOne ? results.map(result => renderTrace(result, view)).join('\n') : renderTraceList(results, view),
      );
    }
  }
}
