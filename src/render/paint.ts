/** What a text means; colours stand for nothing else. */
export type Style = 'good' | 'bad' | 'warn' | 'dim' | 'bold';

/** Gives a text its style. */
export type Paint = (style: Style, text: string) => string;

const CODES: Record<Style, string> = { good: '32', bad: '31', warn: '33', dim: '2', bold: '1' };

/** Without colours: the text as it is. */
export const plain: Paint = (_, text) => text;

/** With ANSI colours. */
export const coloured: Paint = (style, text) => (text === '' ? '' : `\u001b[${CODES[style]}m${text}\u001b[0m`);
