import { printable } from '../printable.js';
import type { Sequence, SequenceItem } from './sequence.js';

const ARROWS = { request: '->>', answer: '-->>', cut: '--x' } as const;

/** A sequence as a Mermaid sequenceDiagram (https://mermaid.js.org/syntax/sequenceDiagram.html). */
export function mermaidSequence({ participants, items }: Sequence): string {
  const lines = participants.map(({ id, label }) => `participant ${id} as ${escaped(label)}`);
  return ['sequenceDiagram', ...[...lines, ...items.flatMap(itemLines)].map(line => `  ${line}`)].join('\n');
}

function itemLines(item: SequenceItem): string[] {
  switch (item.kind) {
    case 'message':
      return [`${item.from}${ARROWS[item.arrow]}${item.to}: ${escaped(item.text)}`];
    case 'note':
      return [`Note over ${item.over}: ${item.lines.map(escaped).join('<br/>')}`];
    case 'branches':
      return [
        ...item.branches.flatMap(({ label, items }, index) => [
          `${index === 0 ? 'alt' : 'else'} ${escaped(label)}`,
          ...items.flatMap(itemLines).map(line => `  ${line}`),
        ]),
        'end',
      ];
  }
}

/** Mermaid ends a statement at `;`, begins a comment at `%%`, and reads `#…;` as a character. */
function escaped(text: string): string {
  return printable(text)
    .replace(/\s+/g, ' ')
    .replace(/[#;<>%"]/g, letter => `#${letter.codePointAt(0)};`);
}
