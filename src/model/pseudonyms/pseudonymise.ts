import { isObject } from '../../decode/json.js';
import { pseudonymousBytes, pseudonymousValue } from './bytes.js';
import { pseudonymousCertificates } from './certificates.js';
import { isData as isDataUnder, isNameField, isNameMap, isPatternField } from './name-fields.js';
import type { Pseudonyms } from './pseudonyms.js';
import { isExtensionName } from './vocabulary.js';

/** Where a value stands, as far as it tells what its texts are. */
export interface Spot {
  /** The key that it, or the list that holds it, stands under. */
  readonly key: string;
  /** Whether its own keys are names. */
  readonly isMap: boolean;
  /** Whether all keys below it are data. */
  readonly isData: boolean;
}

export const TOP: Spot = { key: '', isMap: false, isData: false };

/** Texts that say what a message is. */
const TYPES = new Set(['@type', 'type_url', 'typeUrl', 'type_urls', 'typeUrls', 'category']);

/** A JSON value of a dump, or a request, with its names and addresses replaced. */
export function pseudonymise(value: unknown, pseudonyms: Pseudonyms, spot: Spot = TOP): unknown {
  if (typeof value === 'string') return text(value, pseudonyms, spot);
  if (Array.isArray(value)) return value.map(item => pseudonymise(item, pseudonyms, spot));
  return isObject(value) ? object(value, pseudonyms, spot) : value;
}

/** The spot of a member of an object. */
export function memberSpot(parent: Spot, key: string, value: unknown): Spot {
  return { key, isMap: isNameMap(key), isData: parent.isData || isDataUnder(key, value) };
}

/** A member's key, replaced where it is a name: in a map, in a Struct, or where no field of a message is called so. */
export function pseudonymousKey(key: string, pseudonyms: Pseudonyms, spot: Spot): string {
  const isName = spot.isMap || spot.isData || /[^A-Za-z0-9_@]/.test(key);
  return isName && !TYPES.has(key) && !isExtensionName(key) ? pseudonyms.text(key) : key;
}

function object(members: Readonly<Record<string, unknown>>, pseudonyms: Pseudonyms, spot: Spot): unknown {
  const range = rangeOf(members, pseudonyms);
  const changed = Object.entries(members).map(([key, value]): [string, unknown] => [
    pseudonymousKey(key, pseudonyms, spot),
    pseudonymise(value, pseudonyms, memberSpot(spot, key, value)),
  ]);
  return { ...Object.fromEntries(changed), ...range };
}

/** A core.v3.CidrRange: its address is the beginning of a range. */
function rangeOf(members: Readonly<Record<string, unknown>>, pseudonyms: Pseudonyms): Record<string, string> {
  for (const [address, length] of [
    ['address_prefix', 'prefix_len'],
    ['addressPrefix', 'prefixLen'],
  ] as const) {
    const text = members[address];
    if (typeof text !== 'string') continue;
    const range = pseudonyms.addresses.encryptRange(text, Number(members[length] ?? 0));
    return range === null ? {} : { [address]: range };
  }
  return {};
}

function text(value: string, pseudonyms: Pseudonyms, { key, isData }: Spot): string {
  if (TYPES.has(key) || isExtensionName(value)) return value;
  // A value of an enumeration; names in capitals stand in the fields of names.
  if (/^[A-Z][A-Z0-9_]*$/.test(value) && !isNameField(key) && !isData) return value;
  if (isPatternField(key)) return pseudonyms.pattern(value);
  if (/^bytes_?value$/i.test(key)) return pseudonymousValue(value, pseudonyms);
  if (/bytes$|^raw_?value$/i.test(key)) return pseudonymousBytes(value, pseudonyms);
  if (value.includes('-----BEGIN CERTIFICATE-----')) return pseudonymousCertificates(value, pseudonyms);
  return pseudonyms.text(value);
}
