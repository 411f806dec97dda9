'use strict';

const { readFileSync } = require('node:fs');
const { dirname, join, resolve } = require('node:path');
const { Script } = require('node:vm');

/** Files that ran from their source text, by path: what they export, and the script that its code cache can be made of. */
const loaded = new Map();

/** Whether files are required as usual; the first one decides it for all. */
let isPlain;

/**
 * Makes the `require` of the bundled files in `folder`. It runs them from the code caches that the build leaves beside them: Node
 * itself keeps compiled code from 22.1 on only, and to compile takes longer than a short trace. Where the first file has no cache, or
 * one that V8 refuses because another Node made it, all are required as usual. Another file without one runs from its source text,
 * for required as usual it would load files that run already once more. While the build makes the caches (`record`) it is kept as well.
 */
function cachedRequire(folder, { record = false } = {}) {
  const home = resolve(folder);
  return function requireCached(id) {
    const path = id.startsWith('.') ? join(home, id) : id;
    if (dirname(path) !== home) return require(path);
    const known = loaded.get(path);
    if (known !== undefined) return known.module.exports;
    const cached = record || isPlain === true ? null : cachedScript(path);
    isPlain ??= cached === null && !record;
    if (isPlain) return requirePlainly(path);
    return run({ path, script: cached ?? scriptOf(path), module: { exports: {} } }, requireCached);
  };
}

/** From Node 22.1 on, Node’s own compile cache. */
function requirePlainly(path) {
  require('node:module').enableCompileCache?.();
  return require(path);
}

function run(file, requireCached) {
  loaded.set(file.path, file);
  file.script.runInThisContext()(requireCached, file.module, file.module.exports, file.path);
  return file.module.exports;
}

/** The script of a file with its code cache; null where V8 has none to take. */
function cachedScript(path) {
  const cachedData = readIfThere(cacheOf(path));
  if (cachedData === null) return null;
  const script = scriptOf(path, cachedData);
  return script.cachedDataRejected ? null : script;
}

/** The build writes nothing but ASCII, which needs no decoding. */
function scriptOf(path, cachedData) {
  const source = `(function (require, module, exports, __filename) {${readFileSync(path, 'latin1')}\n})`;
  return new Script(source, { filename: path, cachedData });
}

function readIfThere(path) {
  try {
    return readFileSync(path);
  } catch {
    return null;
  }
}

/** Where the code cache of a bundled file is. */
function cacheOf(path) {
  return `${path}.cache`;
}

/** The code caches of all files that ran from their source text: pairs of path and bytes. */
function codeCaches() {
  return [...loaded.values()].map(({ path, script }) => [cacheOf(path), script.createCachedData()]);
}

module.exports = { cachedRequire, codeCaches };
