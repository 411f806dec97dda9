import { isAbsolute, normalize, sep } from 'node:path';

/**
 * Names for the paths that the user gave, in their order: a relative path as it was given, with `/` and without `./`;
 * an absolute one by its last part, or by as many last parts as tell the given ones apart. The current folder is ''.
 */
export function nameSources(paths: readonly string[]): string[] {
  const parts = paths.map(path => toParts(path));
  const absolute = parts.filter((_, index) => isAbsolute(paths[index] ?? ''));
  const count = partsThatDiffer(absolute);
  return parts.map((part, index) => (isAbsolute(paths[index] ?? '') ? part.slice(-count) : part).join('/'));
}

/** A name below another one, which may be ''. */
export function nameBelow(name: string, below: string): string {
  return name === '' ? below : `${name}/${below}`;
}

/** Hidden files and packages of a project lying around hold no configuration of a mesh. */
export function isPassedOverByName(part: string): boolean {
  return (part.startsWith('.') && part !== '.' && part !== '..') || part === 'node_modules' || part === '__MACOSX';
}

function toParts(path: string): string[] {
  return normalize(path)
    .split(sep)
    .filter(part => part !== '' && part !== '.');
}

function partsThatDiffer(all: readonly string[][]): number {
  const different = new Set(all.map(parts => parts.join('/'))).size;
  const longest = Math.max(1, ...all.map(parts => parts.length));
  for (let count = 1; count < longest; count++) {
    if (new Set(all.map(parts => parts.slice(-count).join('/'))).size === different) return count;
  }
  return longest;
}
