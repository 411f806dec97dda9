import { escapeMarkup } from '../escape-markup.js';
import { printable } from '../printable.js';
import { columns, wrap } from '../wrap.js';
import type { Sequence, SequenceBranch, SequenceItem } from './sequence.js';

const COLUMN = 300;
const BOX = 256;
const LINE = 17;
const GAP = 14;
const PAD = 8;
/** Width of a letter of the page's font, about. */
const LETTER = 7;
const NOTE_LETTERS = 38;
const HEAD = 6;

/** A sequence as an SVG element; its colours come from the page's style. */
export function sequenceSvg(sequence: Sequence): string {
  return new Drawing(sequence).svg();
}

/** Draws from top to bottom: `y` is how far it has come. */
class Drawing {
  private readonly shapes: string[] = [];
  private y = 0;

  constructor(private readonly sequence: Sequence) {}

  svg(): string {
    const { participants, items } = this.sequence;
    const width = participants.length * COLUMN;
    const top = this.drawParticipants();
    for (const item of items) this.item(item);
    this.y += GAP;
    const lives = participants.map(({ id }) => line('life', this.x(id), top, this.x(id), this.y));
    return [
      `<svg viewBox="0 0 ${width} ${this.y}" width="${width}" height="${this.y}" role="img" xmlns="http://www.w3.org/2000/svg">`,
      ...lives,
      ...this.shapes,
      '</svg>',
    ].join('\n');
  }

  private drawParticipants(): number {
    const labels = this.sequence.participants.map(({ label }) => breakWords(label, BOX / LETTER - 2));
    const height = Math.max(...labels.map(lines => lines.length)) * LINE + PAD * 2;
    for (const [index, { id }] of this.sequence.participants.entries()) {
      this.shapes.push(box('box', this.x(id) - BOX / 2, 0, BOX, height));
      this.words(labels[index] ?? [], this.x(id), PAD, 'middle');
    }
    this.y = height + GAP;
    return height;
  }

  private item(item: SequenceItem): void {
    if (item.kind === 'message') this.message(item);
    else if (item.kind === 'note') this.note(this.x(item.over), item.lines);
    else for (const branch of item.branches) this.branch(branch);
  }

  private message({ from, to, text, arrow }: Extract<SequenceItem, { kind: 'message' }>): void {
    const start = this.x(from);
    const end = this.x(to);
    const room = (Math.abs(end - start) - 30) / LETTER;
    const lines = breakWords(text, room);
    this.words(lines, (start + end) / 2, this.y, 'middle');
    this.y += lines.length * LINE + 6;
    const side = end > start ? -1 : 1;
    const tip = arrow === 'cut' ? end + side * 14 : end;
    this.shapes.push(
      line(arrow, start, this.y, tip, this.y),
      arrow === 'cut' ? cross(tip, this.y) : head(tip, this.y, side),
    );
    this.y += GAP;
  }

  private note(x: number, texts: readonly string[]): void {
    const lines = texts.flatMap(text => breakWords(text, NOTE_LETTERS));
    const width = Math.max(...lines.map(words => columns(words))) * LETTER + PAD * 2;
    const height = lines.length * LINE + PAD;
    const left = Math.max(0, x - width / 2);
    this.shapes.push(box('box', left, this.y, width, height));
    this.words(lines, left + PAD, this.y + PAD / 2, 'start');
    this.y += height + GAP;
  }

  private branch({ label, items }: SequenceBranch): void {
    const top = this.y;
    const width = this.sequence.participants.length * COLUMN - 8;
    const lines = breakWords(label, width / LETTER - 4);
    this.words(lines, 12, top + 4, 'start');
    this.y += lines.length * LINE + GAP;
    for (const item of items) this.item(item);
    this.shapes.push(box('frame', 4, top, width, this.y - top));
    this.y += GAP;
  }

  private x(id: string): number {
    const index = this.sequence.participants.findIndex(participant => participant.id === id);
    return COLUMN / 2 + Math.max(0, index) * COLUMN;
  }

  private words(lines: readonly string[], x: number, top: number, anchor: 'start' | 'middle'): void {
    for (const [index, words] of lines.entries()) {
      const y = top + (index + 1) * LINE - 4;
      this.shapes.push(`<text x="${x}" y="${y}" text-anchor="${anchor}">${escapeMarkup(words)}</text>`);
    }
  }
}

/** Lines of at most so many letters; a word that is longer is broken, for an image cannot be copied from. */
function breakWords(text: string, letters: number): string[] {
  const room = Math.max(10, Math.floor(letters));
  const lines = wrap(printable(text), room);
  return lines.flatMap(words => words.match(new RegExp(`.{1,${room}}`, 'gu')) ?? []);
}

function box(name: string, x: number, y: number, width: number, height: number): string {
  return `<rect class="${name}" x="${x}" y="${y}" width="${width}" height="${height}" rx="4"/>`;
}

function line(name: string, x1: number, y1: number, x2: number, y2: number): string {
  return `<line class="${name}" x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}"/>`;
}

/** An arrow's head; `side` is where its feet are. */
function head(x: number, y: number, side: number): string {
  const feet = x + side * HEAD * 1.5;
  return `<path class="head" d="M${x} ${y} L${feet} ${y - HEAD} L${feet} ${y + HEAD} Z"/>`;
}

function cross(x: number, y: number): string {
  return `<path class="cross" d="M${x - HEAD} ${y - HEAD} L${x + HEAD} ${y + HEAD} M${x - HEAD} ${y + HEAD} L${x + HEAD} ${y - HEAD}"/>`;
}
