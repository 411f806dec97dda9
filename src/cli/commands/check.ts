import { checkResult, leftOutBy } from '../../findings/check-result.js';
import type { Severity } from '../../findings/codes.js';
import {
  codesOf,
  ignoredOf,
  reaches,
  type Selection,
  selectFindings,
  UnknownFinding,
} from '../../findings/select-findings.js';
import type { SourceDocument } from '../../source/document.js';
import { type Checked, checkProxies } from '../check-proxies.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { UsageError } from '../fail.js';
import type { Io } from '../io.js';
import { jobsFor } from '../jobs/jobs-for.js';
import { Threads } from '../jobs/threads.js';
import { type Found, findDocuments } from '../load.js';
import type { GlobalOptions, SourceOptions } from '../options.js';
import { isListing, mergedListing } from '../status-sources.js';
import { tell, tellWarnings } from '../tell.js';
import type { WhatIfOptions } from '../what-if.js';
import { printCheck } from './check-output.js';
import { statusBeside, targetsOf } from './check-status.js';

export interface CheckOptions extends SourceOptions, GlobalOptions, WhatIfOptions {
  failOn: Severity | 'never';
  show: Severity;
  only?: string[];
  ignore?: string[];
  now?: string;
  output: 'table' | 'json' | 'yaml' | 'markdown' | 'sarif' | 'junit' | 'github';
  verbose?: boolean;
}

/** `mesh-trace check [pod.ns…]`: what is wrong in the configuration of these proxies, or of all that were read. */
export async function checkCommand(names: readonly string[], options: CheckOptions, io: Io): Promise<ExitCode> {
  const selection = selectionOf(options);
  if (options.dryRun === true)
    return (await import('../dry-run.js')).printListedCommands(names, dryOptions(names, options), io);
  const threads = new Threads(io);
  try {
    const { proxies, found, warnings, failed, changes } = await check(names, options, threads, io);
    tellWarnings(warnings, options, io);
    for (const { proxy, message, hint } of failed) tell([`${proxy} was not checked: ${message}.`, hint], io);
    if (changes.length > 0) tell([`This is a what-if: ${changes.join('; ')}.`], io);
    if (failed.length > 0 && proxies.length === 0) return EXIT.unreadable;
    const findings = selectFindings(found, selection);
    await printCheck(checkResult(findings, proxies, options.show), leftOutBy(options.show, findings), options, io);
    if (failed.length > 0) return EXIT.unreadable;
    return options.failOn !== 'never' && reaches(findings, options.failOn) ? EXIT.failed : EXIT.ok;
  } finally {
    threads.end();
  }
}

/** Documents for each thread, so that it finds more to do than to begin. */
const DOCUMENTS_FOR_EACH = 20;

async function check(
  names: readonly string[],
  options: CheckOptions,
  threads: Threads,
  io: Io,
): Promise<Checked & Pick<Found, 'changes'>> {
  const { status: live, warnings: more } = await statusBeside(options, names, io);
  const targets = targetsOf(names, live, options);
  const fetching = names.length > 0 ? options : { ...options, namespace: undefined, skipFailing: true };
  const startFor = (documents: number) => threads.start(jobsFor(documents, options.jobs, DOCUMENTS_FOR_EACH));
  const listings: SourceDocument[] = [];
  let count = 0;
  const onDocument = (document: SourceDocument, head: Buffer) => {
    if (isListing(head)) listings.push(document);
    if (names.length === 0) startFor(++count);
  };
  const documents = await findDocuments({ ...fetching, onDocument }, targets, io);
  if (names.length === 0) startFor(documents.documents.length);
  const status = live ?? (await mergedListing(listings));
  const settings = {
    ...(options.now === undefined ? {} : { now: options.now }),
    ...(status === null ? {} : { status }),
  };
  const { warnings, ...checked } = await checkProxies(documents, names, settings, options, threads, io);
  return { ...checked, warnings: [...warnings, ...more], changes: documents.changes };
}

function dryOptions(names: readonly string[], options: CheckOptions) {
  const listing = { ...options, namespace: undefined };
  return { listing, each: names.length > 0 ? options : listing };
}

function selectionOf({ only, ignore }: CheckOptions): Selection {
  try {
    return { only: only === undefined ? null : only.flatMap(codesOf), ignored: (ignore ?? []).map(ignoredOf) };
  } catch (error) {
    if (!(error instanceof UnknownFinding)) throw error;
    const near = error.near.length === 0 ? '' : ` Near: ${error.near.join(', ')}.`;
    throw new UsageError(error.message, `mesh-trace list findings names them all.${near}`);
  }
}
