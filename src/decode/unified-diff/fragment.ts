import { jsonOf } from '../json.js';

/** The key of what encloses a fragment, which the text does not show. */
export const UNSEEN = '…';

/** Strings (with the colon behind a key) and brackets. */
const TOKEN = /"(?:[^"\\]|\\.)*"(\s*:)?|[{}[\]]/g;

/**
 * The JSON value that a stretch of indented JSON is part of, as far as it shows: what encloses it gets the key `…`, what it leaves open is
 * closed. Items of a list that does not show are a list. Undefined where the stretch is no such thing.
 */
export function fragmentOf(lines: readonly string[]): unknown {
  const text = lines.join('\n').trim().replace(/,$/, '');
  const { unopened, open, isFields } = shapeOf(text);
  const before = opening(unopened, isFields);
  const after = `${open.map(bracket => (bracket === '{' ? '}' : ']')).join('')}${isFields ? '}' : ']'}`;
  return jsonOf(`${before}${text}${after}`);
}

interface Shape {
  /** Closing brackets without a partner, the innermost first. */
  readonly unopened: readonly string[];
  /** Opening brackets without a partner, the innermost first. */
  readonly open: readonly string[];
  /** Whether fields stand at the outermost level that the text reaches; else items do. */
  readonly isFields: boolean;
}

function shapeOf(text: string): Shape {
  const open: string[] = [];
  const unopened: string[] = [];
  let isFields = false;
  for (const [token, colon] of text.matchAll(TOKEN)) {
    if (token === '{' || token === '[') open.push(token);
    else if (token !== '}' && token !== ']') isFields ||= colon !== undefined && open.length === 0;
    else if (open.pop() === undefined) {
      unopened.push(token);
      isFields = false;
    }
  }
  return { unopened, open: open.reverse(), isFields };
}

/** The brackets that the text lacks, the outermost first; inside an object each needs a key. */
function opening(unopened: readonly string[], isFields: boolean): string {
  let text = isFields ? '{' : '[';
  let isObject = isFields;
  for (const closer of [...unopened].reverse()) {
    text += `${isObject ? `"${UNSEEN}":` : ''}${closer === '}' ? '{' : '['}`;
    isObject = closer === '}';
  }
  return text;
}
