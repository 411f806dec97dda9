import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type Manifest, parseManifest } from '../../../src/decode/manifest.js';
import { STAND_IN, type StandInBehaviour, standIn } from '../../source/istioctl/stand-in.js';
import { type CliAnswer, runCli } from '../../support/run-cli.js';

/** Runs `mesh-trace capture` against recordings. */
export function capture(recordings: string, args: readonly string[], behaviour?: StandInBehaviour): Promise<CliAnswer> {
  const { env } = standIn(recordings, behaviour);
  return runCli(['capture', '--istioctl', STAND_IN, ...args], { env: env as Record<string, string>, columns: 10_000 });
}

export function manifestOf(folder: string): Manifest {
  const manifest = parseManifest(readFileSync(join(folder, 'manifest.json'), 'utf8'));
  if (manifest === null) throw new Error(`${folder} holds no manifest`);
  return manifest;
}

/** All files below a folder, hidden ones too, sorted. */
export function filesBelow(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = names.map(name => join(folder, name)).filter(path => statSync(path).isFile());
  return files.map(path => relative(folder, path)).sort();
}

/** The files of a snapshot that the manifest lists, each with whether it is as it was written. */
export function listedFiles(folder: string): Map<string, boolean> {
  const files = manifestOf(folder).proxies.flatMap(proxy => proxy.files);
  return new Map(
    files.map(({ path, sha256, bytes }) => {
      const content = readFileSync(join(folder, path));
      const sum = createHash('sha256').update(content).digest('hex');
      return [path, sum === sha256 && content.length === bytes];
    }),
  );
}
