/**
 * Text from a dump in one line, so that no name begins a line of output: without terminal control characters (C0 but tab, DEL, C1, and the
 * marks that turn the writing direction).
 */
export function printable(text: string): string {
  return printableLines(text).replace(/\s*\n\s*/g, ' ');
}

/** The same with its line feeds, for forms in which a line of output is no more than text. */
export function printableLines(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '');
}
