import { escapeMarkup } from '../escape-markup.js';
import { printable } from '../printable.js';
import { sequenceSvg } from '../sequence/svg.js';
import { type Block, type ListItem, type Page, textParts } from './page.js';
import { PAGE_STYLE } from './style.js';

/** A page as one HTML file that loads nothing: no scripts, styles inside, a sequence as SVG. */
export function pageHtml({ language, title, sections }: Page): string {
  const body = sections.flatMap(({ heading, blocks }) => [`<h2>${text(heading)}</h2>`, ...blocks.map(block)]);
  return `${[
    '<!doctype html>',
    `<html lang="${language}">`,
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<title>${escapeMarkup(printable(title).replaceAll('`', ''))}</title>`,
    `<style>${PAGE_STYLE}</style>`,
    '</head>',
    '<body>',
    '<main>',
    `<h1>${text(title)}</h1>`,
    ...body,
    '</main>',
    '</body>',
    '</html>',
  ].join('\n')}\n`;
}

function block(item: Block): string {
  switch (item.kind) {
    case 'paragraph':
      return `<p>${text(item.text)}</p>`;
    case 'verdict':
      return `<div class="verdict ${item.tone}">\n<p><strong>${text(item.label)}</strong></p>\n${item.texts.map(words => `<p>${text(words)}</p>`).join('\n')}\n</div>`;
    case 'subheading':
      return `<h3>${text(item.text)}</h3>`;
    case 'list': {
      const tag = item.isOrdered ? 'ol' : 'ul';
      return `<${tag}>\n${item.items.map(listItem).join('\n')}\n</${tag}>`;
    }
    case 'table':
      return table(item);
    case 'sequence':
      return `<figure>${sequenceSvg(item.sequence)}</figure>`;
  }
}

function listItem({ text: words, commands }: ListItem): string {
  const code = commands.map(command => `<pre>${escapeMarkup(printable(command))}</pre>`).join('\n');
  return `<li>${text(words)}${code === '' ? '' : `\n${code}`}</li>`;
}

function table({ head, rows, widths }: Extract<Block, { kind: 'table' }>): string {
  const row = (cells: readonly string[], tag: string) =>
    `<tr>${cells.map(cell => `<${tag}>${text(cell)}</${tag}>`).join('')}</tr>`;
  const heading = head.every(cell => cell === '') ? '' : `<thead>${row(head, 'th')}</thead>\n`;
  const columns = widths.map(width => `<col style="width:${width}%">`).join('');
  return `<table>\n<colgroup>${columns}</colgroup>\n${heading}<tbody>\n${rows.map(cells => row(cells, 'td')).join('\n')}\n</tbody>\n</table>`;
}

function text(words: string): string {
  return textParts(printable(words))
    .map((part, index) => (index % 2 === 1 ? `<code>${escapeMarkup(part)}</code>` : escapeMarkup(part)))
    .join('');
}
