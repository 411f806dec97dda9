import { markdownText } from '../markdown-text.js';
import { printable } from '../printable.js';
import { mermaidSequence } from '../sequence/mermaid.js';
import type { Block, ListItem, Page } from './page.js';

/** A page as GitHub's Markdown; a sequence as a Mermaid block. */
export function pageMarkdown({ title, sections }: Page): string {
  const parts = [
    `# ${markdownText(title)}`,
    ...sections.flatMap(({ heading, blocks }) => [`## ${markdownText(heading)}`, ...blocks.map(block)]),
  ];
  return `${parts.join('\n\n')}\n`;
}

function block(item: Block): string {
  switch (item.kind) {
    case 'paragraph':
      return markdownText(item.text);
    case 'verdict':
      return [`> **${markdownText(item.label)}**`, ...item.texts.map(markdownText)].join('\n>\n> ');
    case 'subheading':
      return `### ${markdownText(item.text)}`;
    case 'list':
      return list(item.items, item.isOrdered);
    case 'table':
      return table(item.head, item.rows);
    case 'sequence':
      return fenced('mermaid', mermaidSequence(item.sequence));
  }
}

/** Items with commands stand apart. */
function list(items: readonly ListItem[], isOrdered: boolean): string {
  const isLoose = items.some(({ commands }) => commands.length > 0);
  return items.map((item, index) => listItem(item, isOrdered ? `${index + 1}. ` : '- ')).join(isLoose ? '\n\n' : '\n');
}

function listItem({ text: words, commands }: ListItem, mark: string): string {
  const indent = ' '.repeat(mark.length);
  if (commands.length === 0) return mark + markdownText(words);
  const code = fenced('sh', commands.map(command => printable(command).replace(/\s*\n\s*/g, ' ')).join('\n'));
  return `${mark}${markdownText(words)}\n\n${code.replace(/^/gm, indent)}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [row(head), `|${head.map(() => '---|').join('')}`, ...rows.map(row)].join('\n');
}

/** Code in a table needs its bars escaped too; a cell is one line. */
function cell(words: string): string {
  return markdownText(words).replace(/\|/g, '\\|');
}

/** The fence is longer than any in the text. */
function fenced(language: string, body: string): string {
  const longest = Math.max(2, ...(body.match(/`+/g) ?? []).map(run => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${body}\n${fence}`;
}
