import fc from 'fast-check';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** How a dump is printed otherwise without saying anything else. */
export interface Printing {
  readonly keyOrder: boolean;
  readonly entryOrder: boolean;
  readonly camelCase: boolean;
  readonly numbersAsText: boolean;
  readonly longDurations: boolean;
  readonly defaults: boolean;
  readonly typedStructs: boolean;
  readonly versions: boolean;
  /** Turns into the choices that are left open above. */
  readonly seed: number;
}

export const printings = fc.record<Printing>({
  keyOrder: fc.boolean(),
  entryOrder: fc.boolean(),
  camelCase: fc.boolean(),
  numbersAsText: fc.boolean(),
  longDurations: fc.boolean(),
  defaults: fc.boolean(),
  typedStructs: fc.boolean(),
  versions: fc.boolean(),
  seed: fc.nat(),
});

const MAPS = [
  'labels',
  'policies',
  'typed_per_filter_config',
  'per_filter_config',
  'typed_extension_protocol_options',
  'extension_protocol_options',
];
/** JSON of users, and names with meaning for decoding rather than comparing. */
const VERBATIM = ['filter_metadata', 'filterMetadata', 'metadata', 'node'];
const SECTIONS = /^dynamic_/;

/** Defaults that one side may write out, by the field that shows which message it is. */
const DEFAULTS: readonly (readonly [shows: string, defaults: JsonObject])[] = [
  ['lb_endpoints', { priority: 0 }],
  ['cluster_name', { policy: { overprovisioning_factor: 140 } }],
  ['endpoint', { health_status: 'HEALTHY' }],
  ['connect_timeout', { respect_dns_ttl: false, health_checks: [] }],
  ['prefix_match', { invert_match: false }],
  ['socket_address', {}],
  ['domains', { require_tls: 'NONE', virtual_clusters: [] }],
  ['filter_chains', { listener_filters_timeout: null, metadata: null }],
];

/** The same dump in another printing. */
export function printed(dump: Json, printing: Printing): Json {
  let state = printing.seed % 2_147_483_647 || 1;
  /** Park and Miller's generator: the same seed gives the same printing. */
  const chance = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  return value('', dump);

  function value(field: string, json: Json): Json {
    if (Array.isArray(json)) {
      const items = json.map(item => value('', item));
      return printing.entryOrder && SECTIONS.test(field) ? shuffled(items) : items;
    }
    if (typeof json === 'object' && json !== null) return object(field, json);
    if (typeof json === 'number' && printing.numbersAsText && Number.isInteger(json)) return String(json);
    if (typeof json === 'string' && printing.longDurations && /^\d+s$/.test(json)) return json.replace('s', '.000s');
    return json;
  }

  function object(field: string, json: JsonObject): Json {
    const isMap = MAPS.includes(field);
    const whole = printing.defaults && !isMap ? withDefaults(json) : json;
    const entries = Object.entries(whole)
      .filter(([key]) => !(printing.versions && (key === 'version_info' || key === 'last_updated')))
      .map(([key, inner]): [string, Json] => [
        isMap || !printing.camelCase ? key : camelCase(key),
        VERBATIM.includes(key) ? inner : value(key, inner),
      ]);
    const fields = Object.fromEntries(printing.keyOrder ? shuffled(entries) : entries);
    return field === 'typed_config' && printing.typedStructs ? struct(fields) : fields;
  }

  function withDefaults(json: JsonObject): JsonObject {
    const more = DEFAULTS.filter(([shows]) => shows in json).map(([, defaults]) => defaults);
    return { ...Object.assign({}, ...more), ...json };
  }

  function struct({ '@type': type, ...fields }: JsonObject): JsonObject {
    if (type === undefined || String(type).endsWith('TypedStruct'))
      return { ...fields, ...(type ? { '@type': type } : {}) };
    const url = printing.camelCase ? 'typeUrl' : 'type_url';
    return { '@type': 'type.googleapis.com/xds.type.v3.TypedStruct', [url]: type, value: fields };
  }

  function shuffled<T>(items: readonly T[]): T[] {
    return items
      .map(item => ({ item, key: chance() }))
      .sort((a, b) => a.key - b.key)
      .map(({ item }) => item);
  }
}

function camelCase(key: string): string {
  return /^[a-z][a-z0-9_]*$/.test(key) ? key.replace(/_+(.)/g, (_, letter: string) => letter.toUpperCase()) : key;
}

/** Where every scalar stands that means something for a resource by itself, as the steps down to it. */
export function leavesOf(json: Json, steps: readonly string[] = []): string[][] {
  if (typeof json !== 'object' || json === null) return [[...steps]];
  return Object.entries(json).flatMap(([key, inner]) => leavesOf(inner, [...steps, key]));
}

/** The message with another value at one place. */
export function withOther(message: Json, [step, ...below]: readonly string[]): Json {
  if (step === undefined) return other(message);
  if (Array.isArray(message)) return message.map((item, at) => (String(at) === step ? withOther(item, below) : item));
  if (typeof message !== 'object' || message === null) return message;
  return { ...message, [step]: withOther(message[step] ?? null, below) };
}

function other(value: Json): Json {
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  if (typeof value !== 'string') return 'another';
  if (/^\d+(\.\d+)?s$/.test(value)) return `${Number.parseFloat(value) + 1}s`;
  return /^\d+$/.test(value) ? String(Number(value) + 1) : `${value}-x`;
}
