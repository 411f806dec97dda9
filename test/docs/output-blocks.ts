import { readFileSync } from 'node:fs';
import { runCli, shellWords } from '../support/run-cli.js';

/** A command and, below it, what it prints: both in one fenced block that begins with `$ mesh-trace …`. */
const BLOCK = /```text\n\$ (mesh-trace [^\n]*)\n[\s\S]*?```/g;

/** A page with the output of its commands as it is now. */
export async function withOutput(page: string): Promise<string> {
  let result = page;
  for (const [block, command = ''] of page.matchAll(BLOCK)) {
    const { stdout } = await runCli(shellWords(command));
    result = result.replace(block, () => `\`\`\`text\n$ ${command}\n\n${stdout}\`\`\``);
  }
  return result;
}

/** A marker, and below it the file that it names, in one fenced block. */
const FILE = /<!-- file (\S+) -->\n(?:\n```(?!text\n)[\s\S]*?\n```\n)?/g;

/** A page with the files that it shows as they are now; they are named from the repository's root. */
export function withFiles(page: string): string {
  return page.replace(FILE, (_, path: string) => {
    const text = readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
    return `<!-- file ${path} -->\n\n\`\`\`${path.split('.').at(-1)}\n${text}\`\`\`\n`;
  });
}
