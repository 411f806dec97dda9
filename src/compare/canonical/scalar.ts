import type { Json } from './json.js';

const DURATION = /^(-?\d+)\.(\d+)s$/;
const TIMESTAMP = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?(?:Z|[+-]00:00)$/;

/** A string in the one form that protobuf's JSON would give: `0.080s` is `0.08s`, `…:00.000Z` is `…:00Z`. Other strings stay. */
export function canonicalString(text: string): string {
  const last = text.at(-1);
  if (last === 's') return shortDuration(text);
  if (last !== 'Z' && last !== '0') return text;
  const time = TIMESTAMP.exec(text);
  return time === null ? text : `${time[1]}${fraction(time[2] ?? '')}Z`;
}

function shortDuration(text: string): string {
  const duration = DURATION.exec(text);
  return duration === null ? text : `${duration[1]}${fraction(duration[2] ?? '')}s`;
}

function fraction(digits: string): string {
  const short = digits.replace(/0+$/, '');
  return short === '' ? '' : `.${short}`;
}

/** A google.protobuf.Duration printed as its two fields, as a string; null where the object is something else. */
export function durationOfFields(fields: Readonly<Record<string, Json>>): string | null {
  const keys = Object.keys(fields);
  if (keys.length === 0 || keys.length > 2 || !keys.every(key => key === 'seconds' || key === 'nanos')) return null;
  const { seconds = 0, nanos = 0 } = fields;
  if (!isInteger(seconds) || !isInteger(nanos)) return null;
  const sign = Number(seconds) < 0 || Number(nanos) < 0 ? '-' : '';
  const part = String(Math.abs(Number(nanos))).padStart(9, '0');
  return `${sign}${Math.abs(Number(seconds))}${fraction(part)}s`;
}

/** Whether two scalars say the same: 64-bit numbers stand as strings too. */
export function sameScalar(left: Json | undefined, right: Json | undefined): boolean {
  if (left === right) return true;
  if (typeof left === 'number' && typeof right === 'string') return isNumber(right, left);
  return typeof left === 'string' && typeof right === 'number' && isNumber(left, right);
}

function isNumber(text: string, number: number): boolean {
  return /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text) && Number(text) === number;
}

function isInteger(value: Json): boolean {
  return typeof value === 'number' ? Number.isInteger(value) : typeof value === 'string' && /^-?\d+$/.test(value);
}
