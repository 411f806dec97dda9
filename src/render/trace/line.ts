import { oncePer } from '../../model/once.js';
import type { TraceResult } from '../../trace/result.js';
import { toJsonText } from '../serialise.js';

/** A part of a line: text, or text in UTF-8. */
export type LinePart = string | Uint8Array;

/**
 * A result as one line of JSON, in parts. Results share steps and endpoints that requests have in common: these are frozen, so that nobody
 * changes them, and are put into bytes once.
 */
export function traceLine(result: TraceResult): readonly LinePart[] {
  const line = new Line();
  addResult(line, result);
  line.add('\n');
  return line.parts();
}

class Line {
  private readonly done: LinePart[] = [];
  private text = '';

  add(text: string): void {
    this.text += text;
  }

  addValue(value: object): void {
    if (!Object.isFrozen(value)) {
      this.add(toJsonText(value));
      return;
    }
    this.end();
    this.done.push(bytesOf(value));
  }

  parts(): readonly LinePart[] {
    this.end();
    return this.done;
  }

  private end(): void {
    if (this.text !== '') this.done.push(this.text);
    this.text = '';
  }
}

const bytesOf = oncePer((value: object): Uint8Array => Buffer.from(toJsonText(value)));

/** The fields that results share stand between others, which are put into text together. */
function addResult(line: Line, result: TraceResult): void {
  let before = '{';
  let own: Record<string, unknown> = {};
  const addOwn = () => {
    const fields = toJsonText(own).slice(1, -1);
    if (fields !== '') line.add(before + fields);
    if (fields !== '') before = ',';
    own = {};
  };
  for (const [field, value] of Object.entries(result)) {
    if (value === undefined || !SHARED.has(field)) {
      own[field] = value;
      continue;
    }
    addOwn();
    line.add(`${before}"${field}":`);
    before = ',';
    if (field === 'steps') addSteps(line, result.steps);
    else if (field === 'peer' && result.peer !== undefined) addResult(line, result.peer);
    else line.addValue(value);
  }
  addOwn();
  line.add('}');
}

const SHARED: ReadonlySet<string> = new Set(['steps', 'endpoints', 'peer']);

function addSteps(line: Line, steps: TraceResult['steps']): void {
  line.add('[');
  for (const [i, step] of steps.entries()) {
    if (i > 0) line.add(',');
    line.addValue(step);
  }
  line.add(']');
}
