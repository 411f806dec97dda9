import { isObject } from '../../decode/json.js';
import { jsonIn, withoutHidden } from './encoded.js';
import { looksOpaque } from './opaque.js';
import { formOf, isSecretText, itemPlace, memberPlace, type Place, ROOT } from './place.js';
import { isGone, REDACTED, REDACTED_BYTES, type Removal, type RemovalKind } from './removal.js';
import { isOnlyScheme, withoutCredential } from './secret-header.js';
import { isInlineSource, isPrivateMember, isSecretMessage } from './secret-message.js';
import { isPairValue, pairKind } from './secret-pair.js';
import { maskText } from './secret-text.js';

/** A value without its secrets; the very same value where it had none. */
export interface Redacted {
  readonly value: unknown;
  readonly removed: readonly Removal[];
}

/**
 * Takes private keys, passwords, tokens, inline secrets and authorization headers out of a JSON value of a dump, by the
 * name of the field, by what stands beside it, and by how the text looks. Certificates stay. `place` tells where the value
 * stands in its document. Never throws.
 * Fields: `(udpa.annotations.sensitive)` in https://www.envoyproxy.io/docs/envoy/latest/api-v3/api
 */
export function redact(value: unknown, place: Place = ROOT): Redacted {
  const run = new Redaction();
  return { value: run.value(value, place), removed: run.removed };
}

/** A key without the secrets that show by their form; what was found is added to `removed` for the object at `place`. */
export function redactKey(key: string, place: Place, removed: Removal[]): string {
  const { text, kinds } = maskText(key);
  for (const kind of kinds) removed.push({ pointer: place.pointer, kind });
  return text;
}

/** DataSources of the basic and API key authentication filters that hold one credential a line. */
const CREDENTIAL_LISTS = new Set(['users', 'keys']);

class Redaction {
  readonly removed: Removal[] = [];

  value(value: unknown, place: Place): unknown {
    if (typeof value === 'string') return this.text(value, place);
    if (Array.isArray(value)) return this.list(value, place);
    if (isObject(value)) return this.object(value, place);
    const isCode = typeof value === 'number' && (place.secret === 'password' || place.secret === 'secret');
    return isCode ? this.take(place, place.secret ?? 'secret', REDACTED) : value;
  }

  private list(items: readonly unknown[], place: Place): readonly unknown[] {
    const next = items.map((item, index) => this.value(item, itemPlace(place, index)));
    return next.some((item, index) => item !== items[index]) ? next : items;
  }

  private object(object: Readonly<Record<string, unknown>>, outer: Place): unknown {
    const place = this.placeInside(object, outer);
    const pair = pairKind(object);
    let changed = false;
    const members = Object.entries(object).map(([key, value]): [string, unknown] => {
      const member = memberPlace(place, key, formOf(value));
      const secret = isPrivateMember(object, key) ? 'private key' : pair !== null && isPairValue(key) ? pair : null;
      const next = this.value(value, secret === null ? member : { ...member, secret });
      const nextKey = redactKey(key, place, this.removed);
      changed ||= next !== value || nextKey !== key;
      return [nextKey, next];
    });
    return changed ? Object.fromEntries(members) : object;
  }

  private placeInside(object: Readonly<Record<string, unknown>>, place: Place): Place {
    if (isSecretMessage(object)) return { ...place, secret: null };
    const isList = place.secret === null && CREDENTIAL_LISTS.has(place.key) && isInlineSource(object);
    return isList ? { ...place, secret: 'password' } : place;
  }

  private text(text: string, place: Place): string {
    if (isGone(text)) return text;
    if (isSecretText(place, text)) return this.secret(text, place, place.secret ?? 'secret');
    const json = jsonIn(text);
    if (json !== undefined) return this.json(text, json, place);
    const found = withoutHidden(text) ?? maskText(text);
    if (found.kinds.length > 0) return this.note(place, found.kinds, found.text);
    if (place.isEnvironment && looksOpaque(place.name, text)) return this.take(place, 'environment value', REDACTED);
    return text;
  }

  /** A text that is secret as a whole, but for the scheme of a credential. */
  private secret(text: string, place: Place, kind: RemovalKind): string {
    if (isOnlyScheme(text)) return text;
    const isBytes = /bytes$|^raw_value$/.test(place.key);
    const left = isBytes ? REDACTED_BYTES : withoutCredential(text, REDACTED);
    return left === text ? text : this.take(place, kind, left);
  }

  /** JSON in a text, as in annotations and plugin configurations, is read like the rest. */
  private json(text: string, json: object, place: Place): string {
    const before = this.removed.length;
    const next = this.value(json, place);
    const inside = this.removed.splice(before);
    if (next === json) return text;
    return this.note(
      place,
      inside.map(({ kind }) => kind),
      JSON.stringify(next),
    );
  }

  private take(place: Place, kind: RemovalKind, left: string): string {
    return this.note(place, [kind], left);
  }

  private note({ pointer }: Place, kinds: readonly RemovalKind[], left: string): string {
    for (const kind of kinds) this.removed.push({ pointer, kind });
    return left;
  }
}
