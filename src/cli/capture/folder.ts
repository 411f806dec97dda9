import { join } from 'node:path';
import {
  type AskedCapture,
  type ManifestFile,
  type ManifestProxy,
  printManifest,
  type SnapshotSettings,
} from '../../decode/manifest.js';
import { exists } from '../../source/exists.js';
import { readIfThere } from '../../source/read-file.js';
import { SourceError } from '../../source/source-error.js';
import { removeFile, removeHalfWritten, sha256, writeNewFile } from '../../source/write.js';
import { MANIFEST, OVERWRITE, otherSettings, readManifest } from './manifest-file.js';

/** A file of a snapshot as it is to lie on disk. */
export interface CapturedFile extends Pick<ManifestFile, 'commands' | 'removed'> {
  readonly name: string;
  readonly bytes: Buffer;
}

/** One proxy that is to be written; `name` is that of its folder. */
export interface CapturedProxy extends Pick<ManifestProxy, 'target' | 'capturedAt' | 'problems'> {
  readonly name: string;
  readonly files: readonly CapturedFile[];
}

export interface FolderOptions {
  readonly settings: SnapshotSettings;
  readonly asked: readonly AskedCapture[];
  readonly versions: Readonly<Record<string, string>>;
  /** Captures anew what is there. */
  readonly force: boolean;
  readonly signal: AbortSignal;
}

/** Names of pods and namespaces, as Kubernetes has them: none leaves the folder. */
const SAFE_NAME = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/i;

/**
 * A snapshot that is being written. Its manifest names what is under way before the files are there, so that a run that was
 * killed is taken up where it stopped, and so that nothing but this snapshot's own unfinished files is written over.
 */
export class SnapshotFolder {
  private readonly entries: Map<string, ManifestProxy>;
  private readonly own = new Set<string>();
  /** What is there of targets that are captured anew. */
  private readonly earlier = new Map<string, ManifestProxy>();
  /** Targets by the names of the proxies that they turned out to be. */
  private readonly claims = new Map<string, string>();
  private writing: Promise<void> = Promise.resolve();
  private isWaiting = false;
  private begun: Promise<void> | null = null;

  private constructor(
    private readonly path: string,
    private readonly options: FolderOptions,
    entries: readonly ManifestProxy[],
    private readonly asked: readonly AskedCapture[],
    /** What was captured otherwise, and is to make room. */
    private readonly outdated: readonly ManifestFile[],
  ) {
    this.entries = new Map(entries.map(entry => [entry.target, entry]));
  }

  /** Begins a snapshot, or takes one up; nothing is written yet. Throws SourceError where what is there cannot be gone on with. */
  static async open(path: string, options: FolderOptions): Promise<SnapshotFolder> {
    const earlier = await readManifest(path);
    if (earlier === null) return new SnapshotFolder(path, options, [], options.asked, []);
    if (JSON.stringify(earlier.settings) === JSON.stringify(options.settings)) {
      const asked = [...earlier.asked, ...options.asked].map(one => JSON.stringify(one));
      const different = [...new Set(asked)].map((one): AskedCapture => JSON.parse(one));
      return new SnapshotFolder(path, options, earlier.proxies, different, []);
    }
    if (!options.force) throw otherSettings(path, earlier.settings, options.settings);
    const files = earlier.proxies.flatMap(proxy => proxy.files);
    return new SnapshotFolder(path, options, [], options.asked, files);
  }

  /** The targets that are not captured yet. Throws SourceError where one of them would overwrite what is not this snapshot's own. */
  async missing(targets: readonly string[]): Promise<string[]> {
    const missing: string[] = [];
    for (const target of new Set(targets)) if (!(await this.isDone(target))) missing.push(target);
    const pending = missing.filter(target => this.entries.get(target)?.state !== 'pending');
    for (const target of pending) {
      const earlier = this.entries.get(target);
      if (earlier?.state === 'complete') this.earlier.set(target, earlier);
      this.entries.set(target, unfinished(target, 'pending', []));
    }
    return missing;
  }

  /** Writes all files of one proxy, then says so in the manifest. Throws SourceError; an AbortError when the signal stops it. */
  async put({ target, name, files, capturedAt, problems }: CapturedProxy): Promise<ManifestProxy> {
    const folder = join(this.path, name);
    if (!isSafe(name))
      throw new SourceError('unsafe-path', name, 'no folder can be called so', 'Look at the node id of this proxy.');
    const force = this.options.force || this.own.has(target);
    this.begun ??= this.begin();
    await this.begun;
    const { settings, signal } = this.options;
    for (const file of files) {
      await writeNewFile(join(folder, file.name), file.bytes, { force, signal, isPrivate: !settings.redacted });
    }
    const entry: ManifestProxy = {
      name,
      target,
      state: 'complete',
      capturedAt,
      files: files.map(listed(name)),
      problems,
    };
    const other = this.called(name);
    if (other !== undefined) this.entries.delete(other.target);
    this.entries.set(target, entry);
    await this.save();
    return entry;
  }

  /** Notes why a proxy could not be captured; what was captured of it before stays. */
  fail(target: string, problem: string): void {
    this.entries.set(target, this.earlier.get(target) ?? unfinished(target, 'failed', [problem]));
  }

  /** Whether a target is the one to write the proxy of this name; else it is forgotten, for another one is, or was. */
  claim(name: string, target: string): boolean {
    const known = this.options.force ? undefined : this.called(name)?.target;
    const owner = this.claims.get(name) ?? known ?? target;
    this.claims.set(name, owner);
    if (owner !== target) this.entries.delete(target);
    return owner === target;
  }

  /** Writes the manifest; calls that come while one is being written are answered by one more. */
  save(): Promise<void> {
    if (this.isWaiting) return this.writing;
    this.isWaiting = true;
    this.writing = this.writing.then(async () => {
      this.isWaiting = false;
      const proxies = [...this.entries.values()].sort((a, b) => (a.target < b.target ? -1 : 1));
      const { versions, settings, signal } = this.options;
      const text = printManifest({ versions, settings, asked: this.asked, proxies });
      await writeNewFile(join(this.path, MANIFEST), Buffer.from(text), { force: true, signal });
    });
    return this.writing;
  }

  private called(name: string): ManifestProxy | undefined {
    return [...this.entries.values()].find(entry => entry.name === name);
  }

  private async begin(): Promise<void> {
    const names = [...this.entries.values()].map(({ name, target }) => name ?? target);
    for (const folder of ['', ...names.filter(isSafe)]) await removeHalfWritten(join(this.path, folder));
    for (const { path, sha256: sum } of this.outdated) {
      const bytes = await readIfThere(join(this.path, path));
      if (bytes !== null && sha256(bytes) === sum) await removeFile(join(this.path, path));
    }
    await this.save();
  }

  private async isDone(target: string): Promise<boolean> {
    const entry = this.entries.get(target) ?? this.called(target);
    const name = entry?.name ?? target;
    if (this.options.force) return false;
    if (entry?.state === 'complete' && (await this.isWhole(entry))) return true;
    if (entry === undefined && (await exists(join(this.path, name))))
      throw new SourceError('exists', join(this.path, name), 'it is there and not in the manifest', OVERWRITE);
    if (entry !== undefined && entry.state !== 'failed') this.own.add(target);
    return false;
  }

  /** Whether all files of a proxy are there. Throws SourceError where one was changed. */
  private async isWhole({ files }: ManifestProxy): Promise<boolean> {
    let isWhole = true;
    for (const file of files) {
      const path = join(this.path, file.path);
      const bytes = await readIfThere(path);
      isWhole &&= bytes !== null;
      if (bytes !== null && sha256(bytes) !== file.sha256)
        throw new SourceError('exists', path, 'it was changed since it was captured', OVERWRITE);
    }
    return isWhole;
  }
}

/** Anybody may have written the manifest of a folder that is given to him. */
function isSafe(name: string): boolean {
  return SAFE_NAME.test(name) && !name.includes('..');
}

function listed(folder: string) {
  return ({ name, bytes, commands, removed }: CapturedFile): ManifestFile => ({
    path: `${folder}/${name}`,
    sha256: sha256(bytes),
    bytes: bytes.length,
    commands,
    removed,
  });
}

function unfinished(target: string, state: 'pending' | 'failed', problems: readonly string[]): ManifestProxy {
  return { name: null, target, state, capturedAt: null, files: [], problems };
}
