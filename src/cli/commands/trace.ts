import type { TraceRequest } from '../../trace/request.js';
import { breathing } from '../breath.js';
import { type ExitCode, worstOf } from '../exit-codes.js';
import { failureOf, UsageError } from '../fail.js';
import type { Io } from '../io.js';
import { destinationsOf, threadsFor } from '../jobs/destinations.js';
import type { DividedTrace } from '../jobs/divided-trace.js';
import { loadNamed, loadSnapshot } from '../load.js';
import type { GlobalOptions, RequestOptions, SourceOptions } from '../options.js';
import { type Progress, progressOn } from '../progress.js';
import { hasDestination, labelOf, readRequests, requestOf } from '../requests.js';
import { tell, tellWarnings } from '../tell.js';
import { isWrittenAtOnce, type TraceOutput, traceOutput } from '../trace-output.js';
import { type Told, type TraceOutputOptions, toldWith } from '../trace-text.js';
import { isResult, TraceWithPeers } from '../trace-with-peers.js';
import { checkClient, proxyFinder, type TracerOptions, tracerOf } from '../tracer.js';
import { unknownFieldWarnings } from '../unknown-fields.js';
import type { WhatIfOptions } from '../what-if.js';
import { commandLike } from './names.js';

export interface TraceOptions
  extends SourceOptions,
    RequestOptions,
    GlobalOptions,
    WhatIfOptions,
    TracerOptions,
    TraceOutputOptions {
  requests?: string;
}

/** `mesh-trace [pod.ns] --to …`: traces one request, or those of a file. */
export async function traceCommand(proxyName: string | undefined, options: TraceOptions, io: Io): Promise<ExitCode> {
  checkClient(proxyName, options);
  const requests = await requestsOf(proxyName, options, io);
  const named = requests.map(request => request.proxy ?? proxyName);
  const wanted = wantedOf(named, options);
  if (options.dryRun === true) return (await import('../dry-run.js')).printCommands(wanted, options, io);
  const divided = await dividedTrace(requests, proxyName, options, io);
  try {
    const load = named.includes(undefined) ? loadSnapshot : loadNamed;
    const loaded = await load(options, wanted, io, divided?.decode);
    tellWarnings(loaded.warnings, options, io);
    const output = await traceOutput(options, options.requests === undefined, io);
    const tracing = new TraceWithPeers(
      loaded,
      known => tracerOf(known, proxyFinder(known, proxyName, options.from), options),
      { settings: options, toldOf: toldWith(output.textOf), helpers: divided?.helpers ?? (() => null) },
    );
    return await answerAll(tracing, requests, output, options, io);
  } finally {
    divided?.end();
  }
}

/** Threads for requests that are worth it. */
async function dividedTrace(
  requests: readonly TraceRequest[],
  proxyName: string | undefined,
  options: TraceOptions,
  io: Io,
): Promise<DividedTrace | null> {
  const count = threadsFor(destinationsOf(requests), options.jobs);
  if (count === 1) return null;
  const { DividedTrace } = await import('../jobs/divided-trace.js');
  return new DividedTrace(count, proxyName, options, io);
}

/** One request that cannot be read is the user's only one, and an error; of many it is told, and the others are answered. */
async function answerAll(
  tracing: TraceWithPeers<Told>,
  requests: readonly TraceRequest[],
  output: TraceOutput,
  options: TraceOptions,
  io: Io,
): Promise<ExitCode> {
  const progress = progressOn(io, { quiet: options.quiet === true || showsAnswers(options, io) });
  try {
    return await putOut(tracing, requests, output, progress, options, io);
  } catch (error) {
    progress.end();
    output.flush();
    throw error;
  }
}

/** A terminal on which answers appear one after another shows by itself how far it is. */
function showsAnswers(options: TraceOptions, { stdout }: Io): boolean {
  return options.requests === undefined || (isWrittenAtOnce(options) && stdout.isTerminal);
}

async function putOut(
  tracing: TraceWithPeers<Told>,
  requests: readonly TraceRequest[],
  output: TraceOutput,
  progress: Progress,
  options: TraceOptions,
  io: Io,
): Promise<ExitCode> {
  const codes = new Set<ExitCode>();
  const breath = breathing(io);
  let position = 0;
  for await (const answer of tracing.answers(requests)) {
    position += 1;
    progress.show('tracing requests', { done: position, total: requests.length });
    const news = tracing.news();
    if (news.length > 0 || !isResult(answer)) progress.end();
    tellWarnings(news, options, io);
    if (!isResult(answer) && requests.length === 1) throw answer;
    if (isResult(answer)) await output.add(answer.text);
    else tellUnread(answer, labelOf(requests[position - 1]?.id, position), options, io);
    codes.add(isResult(answer) ? answer.code : failureOf(answer, false).exitCode);
    if (io.stdout.isClosed === true) break;
    await breath();
  }
  progress.end();
  await output.end();
  return worstOf(codes);
}

function tellUnread(error: Error, id: string, options: TraceOptions, io: Io): void {
  const [first = '', ...rest] = failureOf(error, options.debug === true).lines;
  tell([`request ${id}: ${first}`, ...rest], io);
}

/** The proxies to read: those that send, and the one that receives where it is named. */
function wantedOf(named: readonly (string | undefined)[], { peer }: TraceOptions): string[] {
  const senders = new Set(named.filter(name => name !== undefined));
  return senders.size === 0 || peer === undefined ? [...senders] : [...senders.add(peer)];
}

async function requestsOf(proxyName: string | undefined, options: TraceOptions, io: Io): Promise<TraceRequest[]> {
  const { id, ...own } = requestOf(options);
  if (options.requests === undefined) {
    if (!hasDestination(own)) throw noDestination(proxyName);
    return [id === undefined ? own : { id, ...own }];
  }
  const fromFile = await readRequests(options.requests, io);
  tellWarnings(unknownFieldWarnings(fromFile), options, io);
  return fromFile.map(request => ({ ...own, ...request }));
}

/** A misspelt command is taken for a proxy. */
function noDestination(proxyName: string | undefined): UsageError {
  const command = proxyName === undefined ? null : commandLike(proxyName);
  const lists = proxyName === undefined ? ' mesh-trace --help lists all commands.' : '';
  const meant = command === null ? lists : ` Or did you mean mesh-trace ${command}?`;
  const hint = `Give --to host:port (or a URL), or --requests FILE.${meant}`;
  return new UsageError('nothing says where the request goes', hint);
}
