import { type Manifest, parseManifest } from '../decode/manifest.js';
import type { SourceDocument } from '../source/document.js';
import type { NamedDocument, Sources } from './sources.js';

/**
 * Uses the manifests, which are among the documents, of captured snapshots: each file is told the SHA-256 that it must have, and what the
 * manifest knows to be missing is a warning. Manifests that nobody named are left out. Throws SourceError.
 */
export async function withManifests(
  documents: readonly NamedDocument[],
  manifests: ReadonlySet<SourceDocument>,
): Promise<Sources> {
  const sums = new Map<string, string>();
  const warnings: string[] = [];
  const names = new Set(documents.map(({ document }) => document.name));
  for (const { document } of documents) {
    if (!manifests.has(document)) continue;
    const manifest = parseManifest((await document.load()).bytes.toString('utf8'));
    if (manifest === null)
      warnings.push(`${document.name} cannot be read by this version: nothing is checked against it`);
    else {
      for (const { path, sha256 } of filesOf(manifest)) sums.set(below(document, path), sha256);
      warnings.push(...lacking(document, manifest, names));
    }
  }
  const others = documents.filter(named => named.isNamed || !manifests.has(named.document));
  return { documents: others.map(named => withSum(named, sums.get(named.document.name))), warnings };
}

function withSum(named: NamedDocument, sha256: string | undefined): NamedDocument {
  return sha256 === undefined ? named : { ...named, sha256 };
}

function filesOf({ proxies }: Manifest) {
  return proxies.flatMap(({ files }) => files);
}

/** The name of a file that a manifest lists; a folder's own name may be empty. */
function below({ folder }: SourceDocument, path: string): string {
  return folder === '' ? path : `${folder}/${path}`;
}

function lacking(document: SourceDocument, manifest: Manifest, names: ReadonlySet<string>): string[] {
  const { name, isNamed } = document;
  const missing = isNamed === true ? [] : filesOf(manifest).filter(({ path }) => !names.has(below(document, path)));
  const complete = manifest.proxies.filter(({ state }) => state === 'complete').length;
  const count = manifest.proxies.length;
  return [
    ...missing.map(({ path }) => `${name} lists ${path}, which is not there`),
    ...(complete < count
      ? [`${name}: ${complete} of ${count} proxies were captured; the same mesh-trace capture goes on with the others`]
      : []),
  ];
}
