import { decode } from '../decode/decode.js';
import type { DecodedDocument } from '../decode/document.js';
import { DecodeProblem } from '../decode/problem.js';
import { type Snapshot, snapshotOf } from '../model/snapshot.js';
import { documentOf, type SourceDocument } from '../source/document.js';
import { UsageError } from './fail.js';
import type { Io } from './io.js';
import type { SourceOptions } from './options.js';
import type { WhatIfOptions } from './what-if.js';

/** What was read, and what the user should know of it. */
export interface Loaded {
  readonly snapshot: Snapshot;
  readonly warnings: readonly string[];
  /** What `--patch` and `--set` changed before anything was decoded. */
  readonly changes: readonly string[];
}

/**
 * Reads the configuration that a command asks for: `-f`, else through istioctl the proxies that are named.
 * Throws SourceError, DecodeProblem or IstioctlError where nothing could be read.
 */
export async function loadSnapshot(
  options: SourceOptions & WhatIfOptions,
  proxies: readonly string[],
  io: Io,
): Promise<Loaded> {
  const sources =
    options.file === undefined ? await fetched(options, proxies, io) : await saved(options.file, options, io);
  const { documents, changes } = await whatIf(sources.documents, options, io);
  return { ...(await decodeAll(documents, sources.warnings)), changes };
}

async function whatIf(documents: Sources['documents'], options: WhatIfOptions, io: Io) {
  if (options.patch === undefined && options.set === undefined) return { documents, changes: [] };
  const { applyWhatIf } = await import('./what-if.js');
  return applyWhatIf(documents, options, io);
}

interface Sources {
  /** Each with whether the user named it by itself, so that he must hear of it where it cannot be read. */
  readonly documents: readonly { readonly document: SourceDocument; readonly isNamed: boolean }[];
  readonly warnings: readonly string[];
}

async function saved(paths: readonly string[], options: SourceOptions, io: Io): Promise<Sources> {
  const { readSources } = await import('../source/read.js');
  const listing = await readSources(paths, { stdin: io.stdin, limits: limitsOf(options) });
  return {
    documents: listing.documents.map(document => ({ document, isNamed: document.isNamed === true })),
    warnings: listing.problems.map(problem => `${problem.path}: ${problem.short}`),
  };
}

function limitsOf({ maxEntries, maxTotalBytes, maxFileBytes, maxRatio }: SourceOptions) {
  return {
    ...(maxEntries === undefined ? {} : { entries: maxEntries }),
    ...(maxTotalBytes === undefined ? {} : { totalBytes: maxTotalBytes }),
    ...(maxFileBytes === undefined ? {} : { fileBytes: maxFileBytes }),
    ...(maxRatio === undefined ? {} : { ratio: maxRatio }),
  };
}

async function fetched(options: SourceOptions, proxies: readonly string[], io: Io): Promise<Sources> {
  if (proxies.length === 0) {
    throw new UsageError(
      'nothing says whose configuration to read',
      'Name a pod (mesh-trace pod.namespace --to host:port), or give a saved dump with -f.',
    );
  }
  const { fetchProxy } = await import('../source/istioctl/index.js');
  const { istioctlOptions } = await import('./istioctl-options.js');
  const warnings: string[] = [];
  const settings = istioctlOptions(options, io, warning => warnings.push(warning));
  const answers = await Promise.all(
    proxies.map(async proxy => ({ proxy, documents: await fetchProxy(proxy, settings) })),
  );
  const documents = answers.flatMap(({ proxy, documents: all }) =>
    all.map(({ name, bytes, command }) => ({
      document: documentOf(name, bytes, { folder: proxy, command: command.join(' ') }),
      isNamed: true,
    })),
  );
  return { documents, warnings };
}

/** Decodes what can be decoded. What was named and is no configuration is told; where nothing is left, the first problem is the answer. */
async function decodeAll(documents: Sources['documents'], before: readonly string[]): Promise<Omit<Loaded, 'changes'>> {
  const decoded: DecodedDocument[] = [];
  const warnings = [...before];
  const problems: Error[] = [];
  for (const { document, isNamed } of documents) {
    try {
      decoded.push(...(await decode(document)));
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      problems.push(error);
      if (isNamed || !(error instanceof DecodeProblem)) warnings.push(error.message);
    }
  }
  const [problem] = problems;
  if (decoded.length === 0 && problem !== undefined) throw problem;
  const snapshot = snapshotOf(decoded);
  return { snapshot, warnings: [...warnings, ...decoded.flatMap(warningsOf), ...snapshot.notes] };
}

function warningsOf(document: DecodedDocument): string[] {
  const { name, broken } = document;
  const notes = document.notes.map(note => `${name}: ${note}`);
  if (broken === null) return notes;
  const where = broken.kind === null ? '' : `, in its ${broken.kind} section`;
  return [
    ...notes,
    `${name} breaks off at byte ${broken.offset}${where} (${broken.message}); what came before is used`,
  ];
}
