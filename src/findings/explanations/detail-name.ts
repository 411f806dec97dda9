import { DETAIL_FACTS, DETAILS, type Detail } from '../response-details.js';

/** A detail of the log, taken apart. */
export interface ParsedDetail {
  detail: Detail;
  /** What stands in its brackets, spaces as underscores; empty where nothing does. */
  words: string;
}

/** What can stand between a detail's name and the words that follow it. */
const OPENING = /[{[(:]/;

/** The words that Envoy's response body adds to `upstream connect error …`. */
const BODY_REASON = /reset reason: ([^,]+)(?:, transport failure reason: (.*))?$/s;

/**
 * Takes a response code detail apart, as the log has it or as a user types it: with or without its brackets, with spaces or underscores,
 * or as the body that the client got (`no healthy upstream`, `upstream connect error or disconnect/reset before headers. reset reason: …`).
 *
 * @returns null for what is no detail
 */
export function parseDetail(term: string): ParsedDetail | null {
  return parseLogged(term) ?? parseBody(term);
}

function parseLogged(term: string): ParsedDetail | null {
  const open = term.search(OPENING);
  const name = underscored(open < 0 ? term : term.slice(0, open)).toLowerCase();
  const exact = DETAILS.find(detail => detail === name);
  if (exact !== undefined) return { detail: exact, words: open < 0 ? '' : insideOf(term.slice(open)) };
  const prefix = DETAILS.find(detail => DETAIL_FACTS[detail].form?.startsWith('_') && name.startsWith(`${detail}_`));
  return prefix === undefined ? null : { detail: prefix, words: underscored(term.trim().slice(prefix.length + 1)) };
}

function parseBody(term: string): ParsedDetail | null {
  const body = term.trim().toLowerCase();
  const detail = DETAILS.find(name => {
    const known = DETAIL_FACTS[name].body;
    return known !== undefined && body.startsWith(known.toLowerCase());
  });
  if (detail === undefined) return null;
  const [, reason = '', transport] = BODY_REASON.exec(term.trim()) ?? [];
  return { detail, words: underscored(transport === undefined ? reason : `${reason}|${transport}`) };
}

/** The words without their brackets; a long log line may have lost the closing one. */
function insideOf(bracketed: string): string {
  const words = bracketed.slice(1).trim();
  const closed = !bracketed.startsWith(':') && /[}\])]$/.test(words);
  return underscored(closed ? words.slice(0, -1) : words);
}

function underscored(text: string): string {
  return text.trim().replace(/\s+/g, '_');
}
