import { oncePer } from '../model/once.js';
import type { TraceResult } from '../trace/result.js';
import { toJsonText } from './serialise.js';

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
    if (!Object.isFrozen(value)) this.add(toJsonText(value));
    else this.done.push(...this.taken(), bytesOf(value));
  }

  parts(): readonly LinePart[] {
    this.done.push(...this.taken());
    return this.done;
  }

  private taken(): string[] {
    const { text } = this;
    this.text = '';
    return text === '' ? [] : [text];
  }
}

const bytesOf = oncePer((value: object): Uint8Array => Buffer.from(toJsonText(value)));

function addResult(line: Line, result: TraceResult): void {
  const { steps, endpoints, peer } = result;
  let before = '{';
  for (const [field, value] of Object.entries(result)) {
    if (value === undefined) continue;
    line.add(`${before}"${field}":`);
    before = ',';
    if (field === 'steps') addSteps(line, steps);
    else if (field === 'endpoints') line.addValue(endpoints);
    else if (field === 'peer' && peer !== undefined) addResult(line, peer);
    else line.add(toJsonText(value));
  }
  line.add('}');
}

function addSteps(line: Line, steps: TraceResult['steps']): void {
  line.add('[');
  for (const [i, step] of steps.entries()) {
    if (i > 0) line.add(',');
    line.addValue(step);
  }
  line.add(']');
}
