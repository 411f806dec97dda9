import { cpSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const pathOf = path => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** Small packages that every command needs; what few need is loaded from node_modules when it is used. */
const BUNDLED = ['commander'];

/**
 * Joins what tsc built for the command line into few files. Node finds, reads and links each module by itself, and for
 * the modules of one short trace that takes longer than the trace.
 */
const bundle = await rolldown({
  input: { main: pathOf('dist/cli/main.js'), worker: pathOf('dist/cli/jobs/worker.js') },
  platform: 'node',
  external: id => /^[^./]/.test(id) && !BUNDLED.includes(id),
  // What is in the file of every trace may be asked for lazily as well.
  checks: { ineffectiveDynamicImport: false },
});
await bundle.write({
  dir: pathOf('dist/bin'),
  format: 'esm',
  entryFileNames: '[name].js',
  chunkFileNames: '[name].js',
  codeSplitting: {
    groups: [
      { name: 'start', test: /dist\/cli\/(exit-codes|version)\.js$/, priority: 1 },
      // What every trace loads stands in one file.
      { name: 'trace', test: /dist\/(decode|model|match|trace|cli\/(load|tracer|requests)\.js)/ },
    ],
  },
});
await bundle.close();
for (const name of BUNDLED) cpSync(pathOf(`node_modules/${name}/LICENSE`), pathOf(`dist/bin/LICENSE.${name}.txt`));
