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
