import { documentOf } from '../../source/document.js';
import type { FetchedDocument, IstioctlOptions } from '../../source/istioctl/index.js';
import { fetched } from '../fetched.js';
import type { Io } from '../io.js';
import { istioctlOptions } from '../istioctl-options.js';
import type { GlobalOptions, SourceOptions } from '../options.js';
import type { NamedDocument } from '../sources.js';
import { type DiffDocuments, documentsOf } from './documents.js';

type Options = SourceOptions & GlobalOptions;

/**
 * The proxies that are named, through istioctl: both Envoys; or one Envoy and Pilot's side of it, where that cannot be had the text of
 * `istioctl proxy-status POD`. Throws IstioctlError.
 */
export async function liveDocuments(proxies: readonly string[], options: Options, io: Io): Promise<DiffDocuments> {
  const [only, ...others] = proxies;
  const isOne = only !== undefined && others.length === 0;
  const [envoy, pilot] = await Promise.all([fetched(options, proxies, io), isOne ? pilotSide(only, options, io) : []]);
  return documentsOf([...envoy.documents, ...pilot], envoy.warnings, options, io);
}

/** Whatever keeps istiod's own page from answering, the text may still be had: it asks in other ways. */
async function pilotSide(target: string, options: Options, io: Io): Promise<NamedDocument[]> {
  const { fetchPilotConfig, fetchProxyStatusDiff, IstioctlError } = await import('../../source/istioctl/index.js');
  const settings: IstioctlOptions = istioctlOptions(options, io, () => {});
  const page = await fetchPilotConfig(target, settings).catch((error: unknown) => {
    if (error instanceof IstioctlError) return null;
    throw error;
  });
  return [named(page ?? (await fetchProxyStatusDiff(target, settings)), target)];
}

function named({ name, bytes, command }: FetchedDocument, target: string): NamedDocument {
  return { document: documentOf(name, bytes, { folder: target, command: command.join(' ') }), isNamed: true };
}
