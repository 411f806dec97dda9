import { callForJson } from './call.js';
import { type Call, evidenceLine, withFlags } from './command.js';
import { IstioctlError } from './error.js';
import { executableOf, type FetchedDocument, type IstioctlOptions } from './options.js';
import type { Version } from './version-number.js';

/** How long the other calls may still run when one has failed, so that the first in order is the one reported. */
const SETTLE_MS = 250;

/** One call, and what its failure means: the end of all, or a warning where the answer stands without it. */
export interface Wanted {
  readonly call: Call;
  readonly optional?: boolean;
}

/** Runs one call for JSON and names its answer. Throws IstioctlError. */
export async function fetchJson(
  call: Call,
  options: IstioctlOptions,
  version: Version | null,
): Promise<FetchedDocument> {
  const args = withFlags(call, options, version);
  return document(args, await callForJson(args, options), options);
}

/** An answer as a named document. */
export function document(args: readonly string[], bytes: Buffer, options: IstioctlOptions): FetchedDocument {
  return { name: evidenceLine(args), bytes, command: [executableOf(options), ...args] };
}

/**
 * Runs all calls at once and reports each that ends. Gives the documents in the order of the calls.
 * When a wanted one fails the others are ended, and the first failure in that order is thrown;
 * failures of optional ones go to `options.onWarning`, once all else went well.
 */
export async function fetchAll(
  wanted: readonly Wanted[],
  options: IstioctlOptions,
  version: Version | null,
): Promise<FetchedDocument[]> {
  const stop = new AbortController();
  const signal = options.signal === undefined ? stop.signal : AbortSignal.any([options.signal, stop.signal]);
  let done = 0;
  const progress = (what: string) => options.onProgress?.({ what, done, total: wanted.length });
  const one = async ({ call, optional }: Wanted) => {
    progress(call.what);
    try {
      return await fetchJson(call, { ...options, signal }, version);
    } catch (error) {
      if (!optional) {
        setTimeout(() => stop.abort(), SETTLE_MS).unref();
      }
      throw error;
    } finally {
      done += 1;
      progress(call.what);
    }
  };
  const outcomes = await Promise.allSettled(wanted.map(one));
  options.signal?.throwIfAborted();
  return documentsOf(outcomes, wanted, options);
}

function documentsOf(
  outcomes: readonly PromiseSettledResult<FetchedDocument>[],
  wanted: readonly Wanted[],
  options: IstioctlOptions,
): FetchedDocument[] {
  const failures = outcomes.map(outcome => (outcome.status === 'rejected' ? outcome.reason : null));
  const fatal = failures.filter((failure, at) => failure !== null && !wanted[at]?.optional);
  if (fatal.length > 0) {
    throw fatal.find(failure => failure instanceof IstioctlError) ?? fatal[0];
  }
  for (const failure of failures.filter(failure => failure !== null)) {
    options.onWarning?.(failure);
  }
  return outcomes.flatMap(outcome => (outcome.status === 'fulfilled' ? [outcome.value] : []));
}
