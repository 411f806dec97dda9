// Turns src/decode/brackets.wat into src/decode/brackets-binary.ts: `npm run build:wasm`. A test holds the two together.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import wabt from 'wabt';

const SOURCE = new URL('../src/decode/brackets.wat', import.meta.url);
const TARGET = new URL('../src/decode/brackets-binary.ts', import.meta.url);

/** The module that holds the WebAssembly of brackets.wat as base64. */
export async function binaryModule() {
  const { parseWat } = await wabt();
  const module = parseWat('brackets.wat', await readFile(SOURCE, 'utf8'), { simd: true, threads: true });
  const { buffer } = module.toBinary({});
  const lines = Buffer.from(buffer)
    .toString('base64')
    .match(/.{1,100}/g);
  return [
    '/** brackets.wat as WebAssembly, in base64. Made by `npm run build:wasm`. */',
    'export const BRACKETS_BINARY = [',
    ...lines.map(line => `  '${line}',`),
    "].join('');",
    '',
  ].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await writeFile(TARGET, await binaryModule());
