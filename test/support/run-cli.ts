import { Readable } from 'node:stream';
import { run } from '../../src/cli/program.js';

/** What a command printed, and its exit code. */
export interface CliAnswer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliSurroundings {
  readonly stdin?: string | Buffer;
  readonly columns?: number;
  readonly isTerminal?: boolean;
  readonly env?: Record<string, string>;
}

/** Runs mesh-trace's own code in this process, with streams that keep what is written. */
export async function runCli(args: readonly string[], surroundings: CliSurroundings = {}): Promise<CliAnswer> {
  const { stdin = '', columns = 80, isTerminal = false, env = {} } = surroundings;
  const written = { stdout: '', stderr: '' };
  const output = (name: keyof typeof written) => ({
    write: (text: string) => {
      written[name] += text;
    },
    isTerminal,
    columns,
  });
  const code = await run(args, {
    stdin: () => Readable.from([Buffer.from(stdin)]),
    stdout: output('stdout'),
    stderr: output('stderr'),
    env,
    signal: new AbortController().signal,
  });
  return { code, ...written };
}

/** The words of a command line behind its program, as a POSIX shell parts them (single quotes only). */
export function shellWords(line: string): string[] {
  const words = line.replace(/\\\n/g, ' ').match(/(?:'[^']*'|[^\s'])+/g) ?? [];
  return words.slice(1).map(word => word.replaceAll("'", ''));
}
