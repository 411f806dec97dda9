import type { Language } from '../../findings/explanations/text.js';
import { withFindings } from '../../findings/of-trace.js';
import type { Snapshot } from '../../model/snapshot.js';
import { pageHtml } from '../../render/page/html.js';
import { pageMarkdown } from '../../render/page/markdown.js';
import { proxyFacts, type RunbookContext } from '../../render/runbook/context.js';
import { runbook } from '../../render/runbook/runbook.js';
import type { TraceRequest } from '../../trace/request.js';
import type { TraceResult } from '../../trace/result.js';
import { type ExitCode, exitCodeOf } from '../exit-codes.js';
import { UsageError } from '../fail.js';
import type { Io } from '../io.js';
import { loadSnapshot } from '../load.js';
import type { GlobalOptions, RequestOptions, SourceOptions } from '../options.js';
import { hasDestination, requestOf } from '../requests.js';
import { tellWarnings } from '../tell.js';
import { checkClient, proxyFinder, type TracerOptions, tracerOf } from '../tracer.js';
import { version } from '../version.js';
import type { WhatIfOptions } from '../what-if.js';
import { type OutOptions, writeOut } from '../write-out.js';

export interface RunbookOptions
  extends SourceOptions,
    RequestOptions,
    GlobalOptions,
    WhatIfOptions,
    TracerOptions,
    OutOptions {
  output: 'markdown' | 'html';
  lang: Language;
}

/** `mesh-trace runbook [pod.ns] --to …`: one trace as a document. Its exit code is the trace's. */
export async function runbookCommand(
  proxyName: string | undefined,
  options: RunbookOptions,
  io: Io,
): Promise<ExitCode> {
  checkClient(proxyName, options);
  const request = requestOf(options);
  if (!hasDestination(request))
    throw new UsageError('nothing says where the request goes', 'Give --to host:port (or a URL).');
  const wanted = [proxyName, options.peer].filter(name => name !== undefined);
  if (options.dryRun === true) return (await import('../dry-run.js')).printCommands(wanted, options, io);
  const loaded = await loadSnapshot(options, wanted, io);
  tellWarnings(loaded.warnings, options, io);
  const trace = tracerOf(loaded, proxyFinder(loaded, proxyName, options.from), options);
  const result = withFindings(trace(request, 1), loaded.snapshot, options);
  const page = runbook(result, contextOf(request, result, loaded.snapshot), options.lang);
  await writeOut(options.output === 'html' ? pageHtml(page) : pageMarkdown(page), options, io);
  return exitCodeOf(result);
}

function contextOf(request: TraceRequest, result: TraceResult, { proxies }: Snapshot): RunbookContext {
  const names = namesOf(result);
  const facts = names.flatMap(name => proxies.filter(proxy => proxy.name === name).map(proxyFacts));
  return { request, proxies: facts, toolVersion: version() };
}

function namesOf({ proxy, peer }: TraceResult): string[] {
  const own = proxy === null ? [] : [proxy];
  return peer === undefined ? own : [...new Set([...own, ...namesOf(peer)])];
}
