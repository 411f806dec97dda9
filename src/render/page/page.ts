import type { Language } from '../../findings/explanations/text.js';
import type { Sequence } from '../sequence/sequence.js';
import type { Tone } from '../tone.js';

export interface ListItem {
  readonly text: string;
  /** Shell commands that go with it, each to be copied. */
  readonly commands: readonly string[];
}

/** A part of a page. In every text, what stands between backticks is code. */
export type Block =
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'verdict'; readonly tone: Tone; readonly label: string; readonly texts: readonly string[] }
  | { readonly kind: 'subheading'; readonly text: string }
  | { readonly kind: 'list'; readonly isOrdered: boolean; readonly items: readonly ListItem[] }
  | {
      readonly kind: 'table';
      readonly head: readonly string[];
      readonly rows: readonly (readonly string[])[];
      /** Parts of the width that the columns take, in percent. */
      readonly widths: readonly number[];
    }
  | { readonly kind: 'sequence'; readonly sequence: Sequence };

export interface Section {
  readonly heading: string;
  readonly blocks: readonly Block[];
}

/** A page to be written as Markdown or HTML. */
export interface Page {
  readonly language: Language;
  readonly title: string;
  readonly sections: readonly Section[];
}

/** A text as code. */
export function code(text: string): string {
  return text === '' ? '' : `\`${text.replaceAll('`', 'ˋ')}\``;
}

/** A plain list, without commands. */
export function plainList(texts: readonly string[]): Block {
  return { kind: 'list', isOrdered: false, items: texts.map(text => ({ text, commands: [] })) };
}

/** The parts of a text: plain and code by turns, the first one plain. */
export function textParts(text: string): string[] {
  return text.split('`');
}
