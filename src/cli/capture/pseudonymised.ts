import type { Manifest, ManifestFile, ManifestProxy } from '../../decode/manifest.js';
import { collectNames, pseudonymousDocument } from '../../model/pseudonyms/documents.js';
import { NameCollector } from '../../model/pseudonyms/names.js';
import { Pseudonyms } from '../../model/pseudonyms/pseudonyms.js';
import { SourceError } from '../../source/source-error.js';
import { sha256 } from '../../source/write.js';
import type { Progress } from '../progress.js';
import { type CapturedFile, type FolderOptions, SnapshotFolder } from './folder.js';
import { readManifest } from './manifest-file.js';
import { PseudonymKey } from './pseudonym-key.js';
import { packedFile } from './redacted.js';
import { unpackedFile } from './unpacked-file.js';

/** Proxies written now, under their pseudonyms, and those that were there already. */
export interface Pseudonymised {
  readonly captured: readonly ManifestProxy[];
  readonly there: readonly string[];
}

type Run = Pick<FolderOptions, 'force' | 'signal'> & { readonly progress: Progress };

/**
 * Writes the snapshot of a private folder anew into `path`, with the names, hosts and addresses in it replaced. The private
 * folder keeps the key, so that it gives the same pseudonyms each time. Throws SourceError.
 */
export async function pseudonymisedInto(path: string, privatePath: string, run: Run): Promise<Pseudonymised> {
  const manifest = await readManifest(privatePath);
  if (manifest === null) throw new SourceError('missing', privatePath, 'it holds no snapshot', 'Capture it again.');
  const proxies = manifest.proxies.filter(({ state }) => state === 'complete');
  const key = await PseudonymKey.of(privatePath);
  const pseudonyms = new Pseudonyms(key.key, (await collected(proxies, privatePath, run)).names());
  const named = new Map(proxies.map(proxy => [pseudonyms.text(proxy.name ?? proxy.target), proxy]));
  const folder = await SnapshotFolder.open(path, { ...run, ...headOf(manifest, [...named.keys()]) });
  const missing = await folder.missing([...named.keys()]);
  const captured: ManifestProxy[] = [];
  for (const name of missing) {
    run.progress.show(`replacing names in ${name}`, { done: captured.length, total: missing.length });
    const { files = [], capturedAt = null } = named.get(name) ?? {};
    const replaced: CapturedFile[] = [];
    for (const file of files) replaced.push(await replacedFile(file, privatePath, manifest, pseudonyms));
    captured.push(await folder.put({ target: name, name, files: replaced, capturedAt, problems: [] }));
  }
  await key.save(pseudonyms.replaced(), run.signal);
  return { captured, there: [...named.keys()].filter(name => !missing.includes(name)) };
}

async function collected(proxies: readonly ManifestProxy[], folder: string, { progress, signal }: Run) {
  const names = new NameCollector();
  for (const [index, { name, files }] of proxies.entries()) {
    progress.show(`collecting names in ${name}`, { done: index, total: proxies.length });
    signal.throwIfAborted();
    names.add(name, 'name');
    for (const file of files) collectNames(await unpackedFile(folder, file), names);
  }
  return names;
}

/** What the manifest says of the whole, without the mesh's own names. */
function headOf({ versions, settings, proxies }: Manifest, names: readonly string[]) {
  const sums = proxies.flatMap(({ files }) => files.map(file => file.sha256)).sort();
  return {
    versions,
    settings: { ...settings, pseudonymsOf: sha256(Buffer.from(sums.join())) },
    asked: [{ proxies: names, namespace: null, allNamespaces: false }],
  };
}

async function replacedFile(
  file: ManifestFile,
  folder: string,
  { settings }: Manifest,
  pseudonyms: Pseudonyms,
): Promise<CapturedFile> {
  const name = file.path.slice(file.path.lastIndexOf('/') + 1).replace(/\.gz$/, '');
  const bytes = pseudonymousDocument(await unpackedFile(folder, file), pseudonyms);
  const commands = file.commands.map(command => pseudonyms.text(command));
  const removed = file.removed.map(({ pointer, kind }) => ({ pointer: pseudonyms.text(pointer), kind }));
  return packedFile({ name, bytes, commands, removed }, settings.gzip);
}
