/** Text from a dump without terminal control characters (C0 but tab and line feed, DEL, C1, and the marks that turn the writing direction). */
export function printable(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '');
}
