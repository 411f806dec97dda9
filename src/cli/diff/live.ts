import { nodeHead } from '../../model/node-head.js';
import { documentOf } from '../../source/document.js';
import type { FetchedDocument, IstioctlOptions } from '../../source/istioctl/index.js';
import { fetched } from '../fetched.js';
import type { Io } from '../io.js';
import { istioctlOptions } from '../istioctl-options.js';
import type { GlobalOptions, SourceOptions } from '../options.js';
import type { NamedDocument, Sources } from '../sources.js';
import { type DiffDocuments, documentsOf } from './documents.js';

type Options = SourceOptions & GlobalOptions;

/** A name that says which pod is meant by itself. */
const WHOLE_NAME = /^[^/]+\.[^/]+$/;

/**
 * The proxies that are named, through istioctl: both Envoys; or one Envoy and Pilot's side of it, where that cannot be had the text of
 * `istioctl proxy-status POD`. Which pod a workload stands for, its Envoy tells first. Throws IstioctlError.
 */
export async function liveDocuments(proxies: readonly string[], options: Options, io: Io): Promise<DiffDocuments> {
  const [only, ...others] = proxies;
  const envoy = fetched(options, proxies, io);
  const pilot = only === undefined || others.length > 0 ? [] : pilotBeside(only, envoy, options, io);
  const [{ documents, warnings }, more] = await Promise.all([envoy, pilot]);
  return documentsOf([...documents, ...more], warnings, options, io);
}

async function pilotBeside(target: string, envoy: Promise<Sources>, options: Options, io: Io) {
  const node = WHOLE_NAME.test(target) ? target : await nodeOf((await envoy).documents, target);
  return [named(await pilotSide(node, options, io), target)];
}

/** The name that the first document has of its proxy; what was asked for where none has one. */
async function nodeOf(documents: readonly NamedDocument[], target: string): Promise<string> {
  for (const { document } of documents) {
    const name = nodeHead((await document.head()).toString('latin1'))?.name;
    if (name !== undefined) return name;
  }
  return target;
}

/** Whatever keeps istiod's own page from answering, the text may still be had: it asks in other ways. */
async function pilotSide(node: string, options: Options, io: Io): Promise<FetchedDocument> {
  const { fetchPilotConfig, fetchProxyStatusDiff, IstioctlError } = await import('../../source/istioctl/index.js');
  const settings: IstioctlOptions = istioctlOptions(options, io, () => {});
  const page = await fetchPilotConfig(node, settings).catch((error: unknown) => {
    if (error instanceof IstioctlError) return null;
    throw error;
  });
  return page ?? fetchProxyStatusDiff(node, settings);
}

function named({ name, bytes, command }: FetchedDocument, target: string): NamedDocument {
  return { document: documentOf(name, bytes, { folder: target, command: command.join(' ') }), isNamed: true };
}
