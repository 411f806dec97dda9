import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const require = createRequire(import.meta.url);
const pathOf = path => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** Small packages that every command needs; what few need is loaded from node_modules when it is used. */
const BUNDLED = ['commander'];

/** A package of one file that is loaded when it is used: its own file among the bundled ones, so that it is run from a code cache as well. */
const BESIDE = ['re2js'];

/** A bundled file has a `require` of its own. */
const ownRequire = {
  name: 'own-require',
  transform: code =>
    code
      .replace("import { createRequire } from 'node:module';", '')
      .replaceAll('createRequire(import.meta.url)', 'require'),
};

/** commander starts programs for sub-commands that have a file of their own; here none has, and this module takes a while to load. */
const startsNoPrograms = {
  name: 'starts-no-programs',
  transform: (code, id) => (/commander/.test(id) ? code.replace("require('node:child_process')", '{}') : null),
};

/** A file of ASCII is read without decoding, and V8 keeps it in half of the memory. */
function inAscii(code) {
  return code.replace(/[^\0-\x7f]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** A package that stands beside the bundled files is required from there. */
function withBeside(code) {
  return BESIDE.reduce((all, name) => all.replaceAll(`require("${name}")`, `require("./${name}.js")`), code);
}

/** An `import()` of a package goes through bin/import-module.js, which says why. */
function withImports(code) {
  return code.replace(/\bimport\(("[^."][^"]*")\)/g, 'require("../../bin/import-module.js")($1)');
}

/**
 * Joins what tsc built for the command line into few files. Node finds, reads and links each module by itself, and for
 * the modules of one short trace that takes longer than the trace.
 */
const bundle = await rolldown({
  input: {
    main: pathOf('dist/cli/main.js'),
    program: pathOf('dist/cli/program.js'),
    worker: pathOf('dist/cli/jobs/worker.js'),
  },
  platform: 'node',
  external: id => /^[^./]/.test(id) && !BUNDLED.includes(id),
  // What is in the file of every trace may be asked for lazily as well.
  checks: { ineffectiveDynamicImport: false },
  plugins: [ownRequire, startsNoPrograms],
});
rmSync(pathOf('dist/bin'), { recursive: true, force: true });
const { output } = await bundle.write({
  dir: pathOf('dist/bin'),
  format: 'cjs',
  entryFileNames: '[name].js',
  chunkFileNames: '[name].js',
  // Node itself starts a thread; what it requires is run from the code cache.
  banner: ({ name }) =>
    name === 'worker' ? "require = require('../../bin/cached-require.js').cachedRequire(__dirname);" : '',
  codeSplitting: {
    groups: [
      { name: 'start', test: /dist\/cli\/(exit-codes|version|program)\.js$/, priority: 1 },
      // What every trace of a saved dump loads, with all that they import, stands in one file.
      { name: 'trace', test: /dist\/(cli\/commands\/trace|findings\/of-trace|source\/read)\.js$/ },
    ],
  },
});
await bundle.close();
for (const { fileName, code } of output)
  writeFileSync(pathOf(`dist/bin/${fileName}`), inAscii(withImports(withBeside(code))));
for (const name of BESIDE)
  writeFileSync(pathOf(`dist/bin/${name}.js`), inAscii(readFileSync(require.resolve(name), 'utf8')));
writeFileSync(pathOf('dist/bin/package.json'), '{ "type": "commonjs" }\n');
for (const name of [...BUNDLED, ...BESIDE])
  cpSync(pathOf(`node_modules/${name}/LICENSE`), pathOf(`dist/bin/LICENSE.${name}.txt`));
execFileSync(process.execPath, [pathOf('scripts/code-cache.js')], { stdio: 'inherit' });
