import type { StatusDiff } from '../../decode/unified-diff/status-diff.js';
import { overlaid } from '../../model/overlaid-proxy.js';
import { ProxyConfig } from '../../model/proxy.js';
import { Resource } from '../../model/resource.js';
import { isJsonList, isJsonObject, type Json, type JsonObject } from '../canonical/json.js';
import { comparable } from '../drift/comparable.js';
import type { DriftKind } from '../drift/difference.js';
import type { Side } from '../drift/side.js';
import { pilotAndEnvoy } from '../drift/sides.js';
import { merged, type Recovered, recoverEach } from './recovered.js';
import { substituted } from './substitute.js';

/** Pilot's side beside Envoy's, and what of the text could not be put into Envoy's configuration. */
export interface RecoveredSides {
  readonly left: Side;
  readonly right: Side;
  readonly unplaced: readonly Recovered[];
}

/**
 * Pilot's side as the text of `istioctl proxy-status POD` and Envoy's dump together hold it: what serves in Envoy, with the differences that the text
 * shows undone. A difference whose place in Envoy's configuration is not sure is left out and given back.
 */
export function pilotOf(text: StatusDiff, envoy: ProxyConfig): RecoveredSides {
  const lists = new Map<DriftKind, Resource[]>();
  for (const { kind } of text.sections)
    lists.set(
      kind,
      envoy.active(kind).filter(({ isStatic }) => !isStatic),
    );
  const unplaced = recoverEach(text).filter(one => !isPlaced(one, lists, text.name));
  const pilot = overlaid(new ProxyConfig(envoy.name, []), lists);
  const { left, right } = pilotAndEnvoy(pilot, envoy);
  return { left: { ...left, traced: overlaid(left.traced, lists) }, right, unplaced: merged(unplaced) };
}

function isPlaced(found: Recovered, lists: ReadonlyMap<DriftKind, Resource[]>, document: string): boolean {
  const list = lists.get(found.kind) ?? [];
  const at = list.findIndex(({ name }) => name === found.name);
  if (found.rejection !== null) return true;
  if (found.change === 'only-right' && at >= 0) list.splice(at, 1);
  else if (found.change === 'only-left' && at < 0 && found.message !== null && found.isWhole)
    list.push(resourceOf(found, found.message, document));
  else return found.change === 'changed' && found.parts.length > 0 && isChanged(found, list, document);
  return true;
}

/** Puts Pilot's version in the place of the one resource that looks as the text shows Envoy's. */
function isChanged(found: Recovered, list: Resource[], document: string): boolean {
  const named = list.filter(({ name }) => name === found.name);
  for (const candidates of found.isInferred || named.length === 0 ? [named, list] : [named]) {
    const readings = candidates.flatMap(resource =>
      earlier(found, comparable(found.kind, resource.view.value)).map(message => ({ resource, message })),
    );
    const [reading, ...others] = readings;
    if (reading === undefined) continue;
    if (others.length > 0) return false;
    list[list.indexOf(reading.resource)] = resourceOf(found, reading.message, document, reading.resource);
    return true;
  }
  return false;
}

/** What a message may have been before the parts that differ; one where each of them has one place in it. */
function earlier({ kind, parts }: Recovered, message: JsonObject): JsonObject[] {
  let readings: Json[] = [entryOf(kind, message)];
  for (const part of parts) readings = readings.flatMap(reading => substituted(reading, part));
  return readings.map(reading => messageIn(kind, reading)).filter(reading => reading !== null);
}

const KEYS = { cluster: 'cluster', listener: 'listener', route: 'route_config' } as const;

/** A message as it stands in the list that istioctl compares, so that parts which reach beyond it have a place. */
function entryOf(kind: Recovered['kind'], message: JsonObject): Json {
  return [{ [KEYS[kind]]: message }];
}

function messageIn(kind: Recovered['kind'], entry: Json): JsonObject | null {
  const first = isJsonList(entry) ? entry[0] : undefined;
  const message = isJsonObject(first) ? first[KEYS[kind]] : undefined;
  return isJsonObject(message) ? message : null;
}

function resourceOf({ kind }: Recovered, message: JsonObject, document: string, envoys?: Resource): Resource {
  const { name, address, additional_addresses: more } = message;
  const addresses = [address, ...(isJsonList(more) ? more : [])].filter(one => one !== undefined);
  return new Resource(
    {
      kind,
      state: 'active',
      isStatic: false,
      name: typeof name === 'string' ? name : (envoys?.name ?? null),
      versionInfo: null,
      lastUpdated: null,
      errorDetails: null,
      pointer: '',
      message,
      addresses,
    },
    document,
  );
}
