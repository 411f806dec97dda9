import { isObject, jsonOf } from './json.js';

/** What makes a JSON document the manifest of a snapshot, by its first member. */
const KIND = 'mesh-trace snapshot';
const FORMAT_VERSION = 1;
const HEAD = new RegExp(`^\\s*\\{\\s*"kind"\\s*:\\s*"${KIND}"`);

/** How a snapshot was made; one folder holds one kind of snapshot only. */
export interface SnapshotSettings {
  readonly redacted: boolean;
  /** Pilot's side of each proxy was asked for. */
  readonly istiod: boolean;
  readonly gzip: boolean;
  /** What the pseudonyms were made of, where names were replaced: changes when the original does. Null where they are the mesh's own. */
  readonly pseudonymsOf: string | null;
}

/** What a user asked to capture, as on the command line. */
export interface AskedCapture {
  readonly proxies: readonly string[];
  readonly namespace: string | null;
  readonly allNamespaces: boolean;
}

export interface ManifestFile {
  /** Below the manifest's folder, with `/`. */
  readonly path: string;
  /** Of the file as it lies there, packed or not; lower-case hexadecimal. */
  readonly sha256: string;
  readonly bytes: number;
  /** What fetched it. */
  readonly commands: readonly string[];
  /** What redaction took out: the kind, and an RFC 6901 pointer to where it stood. */
  readonly removed: readonly { readonly pointer: string; readonly kind: string }[];
}

export interface ManifestProxy {
  /** `pod.namespace`; null while only a workload is known. */
  readonly name: string | null;
  /** What istioctl was or will be asked for. */
  readonly target: string;
  readonly state: 'complete' | 'pending' | 'failed';
  /** RFC 3339. */
  readonly capturedAt: string | null;
  readonly files: readonly ManifestFile[];
  /** What could not be had, in words for people. */
  readonly problems: readonly string[];
}

/** What a captured snapshot says of itself. */
export interface Manifest {
  readonly versions: Readonly<Record<string, string>>;
  readonly settings: SnapshotSettings;
  readonly asked: readonly AskedCapture[];
  /** Sorted by target. */
  readonly proxies: readonly ManifestProxy[];
}

/** Whether a document is a manifest, by its first bytes as text. */
export function isManifest(head: string): boolean {
  return HEAD.test(head);
}

/** The text of a manifest: indented JSON with its kind and format version first. */
export function printManifest(manifest: Manifest): string {
  return `${JSON.stringify({ kind: KIND, formatVersion: FORMAT_VERSION, ...manifest }, null, 1)}\n`;
}

/** Reads a manifest. Null where it is not whole, or of a format that this version does not know. */
export function parseManifest(text: string): Manifest | null {
  const value = jsonOf(text);
  const isKnown = isObject(value) && value.kind === KIND && value.formatVersion === FORMAT_VERSION;
  if (!isKnown || !Array.isArray(value.proxies) || !value.proxies.every(isProxy)) return null;
  const { versions, settings, asked, proxies } = value as unknown as Manifest;
  return isObject(versions) && isObject(settings) && Array.isArray(asked)
    ? { versions, settings, asked, proxies }
    : null;
}

function isProxy(value: unknown): value is ManifestProxy {
  return (
    isObject(value) &&
    typeof value.target === 'string' &&
    Array.isArray(value.problems) &&
    Array.isArray(value.files) &&
    value.files.every(isFile)
  );
}

function isFile(file: unknown): boolean {
  return (
    isObject(file) &&
    isBelow(file.path) &&
    typeof file.sha256 === 'string' &&
    Array.isArray(file.commands) &&
    Array.isArray(file.removed)
  );
}

/** A path that stays in the snapshot's folder. */
function isBelow(path: unknown): boolean {
  return typeof path === 'string' && /^[^/\\\0]+(?:\/[^/\\\0]+)*$/.test(path) && !path.split('/').includes('..');
}
