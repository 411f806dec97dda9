import { columns } from '../../src/render/wrap.js';

/** What may stand before a word that is too long to be broken: a hop's label, an outcome, a list's mark, a difference, a branch's share. */
const MARKS =
  /^(?:\s*\d+ [✓✗?] \S+ +|\d+\. [-+~] \S+ | +Branch \S+ | *(?:not|see|·|-|\$) | *[A-Z]+ {2}|\s+)?(\S+?)(?: \\)?$/;

/** The lines that are wider than the terminal and could have been broken. */
export function tooLong(text: string, width: number): string[] {
  return text.split('\n').filter(line => columns(line) > width && !MARKS.test(line));
}

/** The commands of a screen, each on one line again as a shell would read it. */
export function commandsIn(text: string): string[] {
  return [...text.replaceAll(/ \\\n +/g, ' ').matchAll(/^ *\$ (.*)$/gm)].map(([, command = '']) => command);
}
