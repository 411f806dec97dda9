import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { CliAnswer } from './run-cli.js';

/** The launcher of the built program. */
export const BIN = fileURLToPath(new URL('../../bin/mesh-trace.js', import.meta.url));

export interface BinSurroundings {
  readonly cwd?: string;
  readonly stdin?: string | Buffer;
  readonly env?: Record<string, string>;
}

/** Runs the built program as a process of its own, its streams being pipes. `npm run build` comes first. */
export async function runBin(args: readonly string[], surroundings: BinSurroundings = {}): Promise<CliAnswer> {
  const { cwd, stdin = '', env = {} } = surroundings;
  const child = spawn(process.execPath, [BIN, ...args], { cwd, env: { PATH: process.env.PATH, ...env } });
  child.stdin.on('error', () => {});
  child.stdin.end(stdin);
  const closed = new Promise<number>(resolve => {
    child.on('close', code => resolve(code ?? -1));
  });
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
  return { code, stdout, stderr };
}
