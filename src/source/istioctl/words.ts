import { complaint } from './log-lines.js';
import type { Run } from './run.js';

const HEAD = 64 * 1024;
const MAX_LOG_LINES = 5;
const MAX_LENGTH = 4000;

/**
 * istioctl's own words about a failure: all of standard error, then the log lines on standard output that tell of
 * trouble, each once. Where neither says anything, the first lines of what came instead of an answer.
 * Credentials are masked and terminal control characters removed.
 */
export function wordsOf(run: Run): string {
  const lines = run.stdout.subarray(0, HEAD).toString('utf8').split('\n');
  const complaints = lines.map(complaint).filter(text => text !== null);
  const words = [run.stderr.trim(), ...new Set(complaints)].slice(0, MAX_LOG_LINES + 1).filter(text => text !== '');
  const said = words.length > 0 ? words : lines.slice(0, 3);
  return masked(printable(said.join('\n').trim())).slice(0, MAX_LENGTH);
}

function printable(text: string): string {
  return text.replace(/\x1b\[[0-9;?]*[ -/]*[@-~]/g, '').replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/g, '');
}

function masked(text: string): string {
  return text
    .replace(/\b(bearer\s+)[\w.~+/=-]+/gi, '$1***')
    .replace(/\beyJ[\w-]+\.[\w-]+(\.[\w-]*)?/g, '***')
    .replace(/\b(token|password|client[-_]secret)=[^\s&"]+/gi, '$1=***')
    .replace(/(:\/\/)[^\s/@"]+@/g, '$1***@');
}
