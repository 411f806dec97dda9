import { type CheckResult, checkResult } from '../../findings/check-result.js';
import type { Severity } from '../../findings/codes.js';
import {
  codesOf,
  ignoredOf,
  reaches,
  type Selection,
  selectFindings,
  UnknownFinding,
} from '../../findings/select-findings.js';
import { checkProxies } from '../check-proxies.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { UsageError } from '../fail.js';
import type { Io } from '../io.js';
import { findDocuments } from '../load.js';
import type { GlobalOptions, SourceOptions } from '../options.js';
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
  jobs?: number;
  output: 'table' | 'json' | 'yaml' | 'markdown' | 'sarif' | 'junit' | 'github';
  verbose?: boolean;
}

/** `mesh-trace check [pod.ns…]`: what is wrong in the configuration of these proxies, or of all that were read. */
export async function checkCommand(names: readonly string[], options: CheckOptions, io: Io): Promise<ExitCode> {
  const selection = selectionOf(options);
  if (options.dryRun === true)
    return (await import('../dry-run.js')).printListedCommands(names, dryOptions(names, options), io);
  const { status, warnings: more } = await statusBeside(options, names, io);
  const targets = targetsOf(names, status, options);
  const fetching = names.length > 0 ? options : { ...options, namespace: undefined, skipFailing: true };
  const documents = await findDocuments(fetching, targets, io);
  const settings = {
    ...(options.now === undefined ? {} : { now: options.now }),
    ...(status === null ? {} : { status }),
  };
  const { proxies, found, warnings } = await checkProxies(documents, names, settings, options, io);
  tellWarnings([...warnings, ...more], options, io);
  if (documents.changes.length > 0) tell([`This is a what-if: ${documents.changes.join('; ')}.`], io);
  const findings = selectFindings(found, selection);
  const result: CheckResult = checkResult(findings, proxies, options.show);
  await printCheck(result, options, io);
  return options.failOn !== 'never' && reaches(findings, options.failOn) ? EXIT.failed : EXIT.ok;
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
