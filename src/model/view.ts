import { camelCase, escapePointer } from '../decode/case.js';
import { isObject } from '../decode/json.js';

const otherNames = new Map<string, readonly string[]>();

/** The other names under which a field may stand: in camelCase, and as Envoy's early v3 dumps keep fields that v3 no longer has. */
function otherNamesOf(field: string): readonly string[] {
  let names = otherNames.get(field);
  if (names === undefined) {
    const removed = `hidden_envoy_deprecated_${field}`;
    names = [...new Set([camelCase(field), removed, camelCase(removed)])].filter(name => name !== field);
    otherNames.set(field, names);
  }
  return names;
}

/** A read-only look at one JSON object of a dump, reading Envoy's fields in either case form and remembering where it stands. */
export class View {
  constructor(
    /** The JSON object itself; never changed. */
    readonly value: Readonly<Record<string, unknown>>,
    /** Its pointer, or the view that has it in a field: few pointers are ever asked for, and to write all takes long. */
    private place: string | View,
    private readonly field = '',
    /** Its position where the field is a list; else -1. */
    private readonly index = -1,
  ) {}

  /** RFC 6901 pointer of the object in its document. */
  get pointer(): string {
    if (typeof this.place !== 'string') {
      const field = `${this.place.pointer}/${escapePointer(this.field)}`;
      this.place = this.index < 0 ? field : `${field}/${this.index}`;
    }
    return this.place;
  }

  /** The key under which a field stands in this object: `snake_case` as given, else its camelCase; undefined when absent or null. */
  key(field: string): string | undefined {
    const { value } = this;
    if ((value[field] ?? undefined) !== undefined) return field;
    for (const name of otherNamesOf(field)) {
      if ((value[name] ?? undefined) !== undefined) return name;
    }
    return undefined;
  }

  has(field: string): boolean {
    return this.key(field) !== undefined;
  }

  /** The raw JSON value of a field, or undefined. */
  raw(field: string): unknown {
    const key = this.key(field);
    return key === undefined ? undefined : this.value[key];
  }

  /** RFC 6901 pointer of a field; that of the object itself where it lacks the field, so that a pointer never leads nowhere. */
  at(field: string): string {
    const key = this.key(field);
    return key === undefined ? this.pointer : `${this.pointer}/${escapePointer(key)}`;
  }

  /** A message field, or undefined when it is absent or not an object. */
  get(field: string): View | undefined {
    const key = this.key(field);
    const value = key === undefined ? undefined : this.value[key];
    return key !== undefined && isObject(value) ? new View(value, this, key) : undefined;
  }

  /** A field deep inside, one name a level. */
  path(...fields: string[]): View | undefined {
    let view: View | undefined = this;
    for (const field of fields) view = view?.get(field);
    return view;
  }

  /** A repeated message field. A single object stands for a list of one, as Istio 1.1 prints untyped `config`. */
  list(field: string): View[] {
    const key = this.key(field);
    if (key === undefined) return [];
    const value = this.value[key];
    if (isObject(value)) return [new View(value, this, key)];
    const views: View[] = [];
    if (!Array.isArray(value)) return views;
    for (const [index, item] of value.entries()) if (isObject(item)) views.push(new View(item, this, key, index));
    return views;
  }

  /** A map field of messages, in document order. */
  entries(field: string): [key: string, value: View][] {
    const map = this.get(field);
    if (map === undefined) return [];
    return Object.entries(map.value).flatMap(([key, value]): [string, View][] =>
      isObject(value) ? [[key, new View(value, map, key)]] : [],
    );
  }

  /** A string field; numbers and booleans in its place are printed. */
  string(field: string): string | undefined {
    return asString(this.raw(field));
  }

  /** A repeated string field. */
  strings(field: string): string[] {
    const value = this.raw(field);
    if (Array.isArray(value) && value.every(item => typeof item === 'string')) return value.slice();
    const items = Array.isArray(value) ? value : [value];
    return items.map(asString).filter(item => item !== undefined);
  }

  /** A number field; 64-bit numbers come as strings. */
  number(field: string): number | undefined {
    const value = this.raw(field);
    if (typeof value === 'number') return value;
    if (typeof value !== 'string' || value.trim() === '') return undefined;
    const number = Number(value);
    return Number.isNaN(number) ? undefined : number;
  }

  /** A boolean field; false when absent, unless told otherwise. */
  boolean(field: string, whenAbsent = false): boolean {
    const value = this.raw(field);
    if (value === undefined) return whenAbsent;
    return value === true || value === 'true';
  }

  /** A google.protobuf.Duration field in milliseconds. */
  milliseconds(field: string): number | undefined {
    return durationMilliseconds(this.raw(field));
  }
}

/** google.protobuf.Duration in JSON (`0.080s`) or as {seconds, nanos}, in milliseconds; undefined when it is neither. */
export function durationMilliseconds(value: unknown): number | undefined {
  if (typeof value === 'string') {
    const match = /^(-?\d+(?:\.\d+)?)s$/.exec(value);
    return match ? Math.round(Number(match[1]) * 1e6) / 1e3 : undefined;
  }
  if (!isObject(value)) return undefined;
  return Number(value.seconds ?? 0) * 1000 + Number(value.nanos ?? 0) / 1e6;
}

function asString(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}
