import { HEAD_BYTES } from './document.js';
import { formOf } from './form.js';
import { utf16Order } from './utf16.js';

/** More control characters than this share make a file binary. */
const BINARY_SHARE = 0.05;

/** So many bytes show it, as far as no zero does. */
const SAMPLE = 4096;

/** A time at the start of a line: `2024-05-01T10:00:00`, `[2024-05-01 10:00`, klog's `I0501 10:00`. */
const LOG_LINE = /^(?:\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d|[IWEF]\d{4} \d\d:\d\d)/;

/** A line that may begin JSON, or an item of a YAML list. */
const CONFIG_LINE = /^(?:\{|\[(?!\d{4}-)|- )/;

/**
 * Says why a file found in a directory or archive cannot be configuration, or undefined when it may be.
 * Takes its first bytes, HEAD_BYTES at most; only what surely is none is passed over, the rest is for the decoder to tell.
 */
export function whyPassedOver(head: Buffer): string | undefined {
  if (head.length === 0) return 'empty';
  const form = formOf(head);
  if (form !== 'plain') return `${form} inside another file is not opened`;
  if (isBinary(head)) return 'not text';
  if (head.length >= HEAD_BYTES && isLog(head)) return 'a log';
  return undefined;
}

function isBinary(head: Buffer): boolean {
  if (utf16Order(head) !== undefined) return false;
  if (head.includes(0)) return true;
  const beginning = head.subarray(0, SAMPLE);
  return controlsIn(beginning) > beginning.length * BINARY_SHARE;
}

/** How many control characters stand in it. By itself, as V8 throws the loop's quick code away at each end of it where more follows. */
function controlsIn(bytes: Buffer): number {
  let controls = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte < 9 || (byte > 13 && byte < 27)) controls++;
  }
  return controls;
}

/** A whole head that begins with a time and has no line that could begin configuration. */
function isLog(head: Buffer): boolean {
  const text = head.toString('latin1').trimStart();
  return LOG_LINE.test(text) && !text.split('\n').some(line => CONFIG_LINE.test(line));
}
