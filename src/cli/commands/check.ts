import { checkSnapshot } from '../../findings/check.js';
import { type CheckResult, checkResult } from '../../findings/check-result.js';
import type { Severity } from '../../findings/codes.js';
import type { Finding } from '../../findings/finding.js';
import {
  codesOf,
  ignoredOf,
  reaches,
  type Selection,
  selectFindings,
  UnknownFinding,
} from '../../findings/select-findings.js';
import { selectProxy } from '../../model/select.js';
import type { Snapshot } from '../../model/snapshot.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { UsageError } from '../fail.js';
import type { Io } from '../io.js';
import { loadSnapshot } from '../load.js';
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
  output: 'table' | 'json' | 'yaml' | 'markdown' | 'sarif' | 'junit' | 'github';
  verbose?: boolean;
}

/** `mesh-trace check [pod.ns…]`: what is wrong in the configuration of these proxies, or of all that were read. */
export async function checkCommand(names: readonly string[], options: CheckOptions, io: Io): Promise<ExitCode> {
  const selection = selectionOf(options);
  if (options.dryRun === true) return (await import('../dry-run.js')).printCommands(names, options, io);
  const { status, warnings: more } = await statusBeside(options, names, io);
  const targets = targetsOf(names, status, options);
  const fetching = names.length > 0 ? options : { ...options, namespace: undefined, skipFailing: true };
  const { snapshot, warnings, changes } = await loadSnapshot(fetching, targets, io);
  tellWarnings([...warnings, ...more], options, io);
  if (changes.length > 0) tell([`This is a what-if: ${changes.join('; ')}.`], io);
  const chosen = chosenProxies(snapshot, names);
  const found = checkSnapshot(snapshot, { ...options, ...(status === null ? {} : { status }) });
  const findings = selectFindings(found.filter(isOf(chosen, snapshot)), selection);
  const result: CheckResult = checkResult(findings, chosen, options.show);
  await printCheck(result, options, io);
  return options.failOn !== 'never' && reaches(findings, options.failOn) ? EXIT.failed : EXIT.ok;
}

/** The proxies that are meant; the others are evidence only (both ends of a connection). */
function chosenProxies({ proxies }: Snapshot, names: readonly string[]): string[] {
  const chosen = names.length === 0 ? proxies : names.map(name => selectProxy(proxies, name));
  return [...new Set(chosen.map(({ name }) => name))];
}

/** What is about all proxies together is told where all are meant. */
function isOf(chosen: readonly string[], { proxies }: Snapshot) {
  const areAll = chosen.length === proxies.length;
  return ({ proxy }: Finding) => (proxy === null ? areAll : chosen.includes(proxy));
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
