import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, posix } from 'node:path';
import { describe, expect, it } from 'vitest';

const SRC = new URL('../src/', import.meta.url);

/** Data flows from left to right; a folder imports only from those to its left, or from itself. `cli` and index.ts wire them. */
const LAYERS = ['source', 'decode', 'model', 'match', 'trace', 'compare', 'findings', 'render'];
const WIRES = ['cli', 'index.ts'];

/** What touches the world outside, and where it may stand. */
const WORLDLY = [
  { modules: ['node:fs', 'node:fs/promises', 'node:child_process', 'execa', 'node:zlib'], within: /^source\// },
  { modules: ['node:process'], within: /^(cli\/|source\/istioctl\/process-group\.ts$)/ },
  { modules: ['node:worker_threads', 'node:v8'], within: /^cli\/jobs\// },
  { modules: ['node:os'], within: /^cli\/(jobs\/|capture\/folder-lock\.ts$)/ },
];

/** Built-in modules that compute and touch nothing; node:module for `createRequire`, which loads a heavy package where it is needed. */
const HARMLESS = [
  'node:buffer',
  'node:crypto',
  'node:module',
  'node:net',
  'node:path',
  'node:stream',
  'node:string_decoder',
  'node:url',
  'node:util',
];

const MAX_LINES = 300;
/** Tables of texts and facts that are one declaration each. */
const TABLES = [
  'findings/explanations/details.en.ts',
  'findings/explanations/details.zh.ts',
  'findings/explanations/flags.en.ts',
  'findings/explanations/flags.zh.ts',
  'findings/response-details.ts',
  'findings/response-flags.ts',
];

interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly string[];
}

const FILES: readonly SourceFile[] = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter(name => name.endsWith('.ts'))
  .sort()
  .map(path => {
    const text = readFileSync(new URL(path, SRC), 'utf8');
    return { path, text, imports: importsOf(text) };
  });

/** Static, type, dynamic and `createRequire` imports. */
function importsOf(text: string): string[] {
  const found = text.matchAll(
    /(?:\bfrom\s+|\bimport\s*\(\s*|\bimport\s+|\brequire\s*\(\s*|\bcreateRequire\([^)]*\)\()'([^']+)'/g,
  );
  return [...found].map(([, name = '']) => name);
}

function folderOf(path: string): string {
  return path.split('/')[0] ?? path;
}

function targetOf(path: string, name: string): string | null {
  return name.startsWith('.') ? posix.normalize(join(posix.dirname(path), name)) : null;
}

describe('the layers of src/', () => {
  it('stand in known folders', () => {
    expect([...new Set(FILES.map(({ path }) => folderOf(path)))].sort()).toEqual([...LAYERS, ...WIRES].sort());
  });

  it('import only from the left', () => {
    const wrong = FILES.filter(({ path }) => !WIRES.includes(folderOf(path))).flatMap(({ path, imports }) =>
      imports
        .filter(name => {
          const target = targetOf(path, name);
          return (
            target !== null &&
            !(LAYERS.indexOf(folderOf(target)) <= LAYERS.indexOf(folderOf(path)) && LAYERS.includes(folderOf(target)))
          );
        })
        .map(name => `${path} imports ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  it('leave files, processes and compression to source', () => {
    const wrong = FILES.flatMap(({ path, imports }) =>
      imports.filter(name => isWorldly(path, name)).map(name => `${path} imports ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  it('name built-in modules by node:', () => {
    const wrong = FILES.flatMap(({ path, imports }) =>
      imports.filter(name => builtinModules.includes(name)).map(name => `${path} imports ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  it('touch process only in cli', () => {
    const wrong = FILES.filter(({ path, text, imports }) => {
      const isImported = imports.includes('node:process');
      return folderOf(path) !== 'cli' && !isImported && /(?<![\w.'-])process\.(?!['`])/.test(withoutComments(text));
    });
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  it('look at no clock in the pure layers', () => {
    const pure = ['model', 'match', 'trace', 'compare', 'findings'];
    const wrong = FILES.filter(
      ({ path, text }) =>
        pure.includes(folderOf(path)) &&
        /\bDate\.now\(|\bnew Date\(\)|\bperformance\.now\(|\bMath\.random\(/.test(withoutComments(text)),
    );
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  it(`stay under ${MAX_LINES} lines a file, but for declared tables`, () => {
    const long = FILES.filter(({ text }) => text.trimEnd().split('\n').length > MAX_LINES).map(({ path }) => path);
    expect(long.filter(path => !TABLES.includes(path))).toEqual([]);
  });
});

function isWorldly(path: string, name: string): boolean {
  const rule = WORLDLY.find(({ modules }) => modules.includes(name));
  if (rule !== undefined) return !rule.within.test(path);
  return name.startsWith('node:') && !HARMLESS.includes(name);
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|(^|\s)\/\/.*$/gm, '$1');
}
