import type { StatusDiff } from '../../decode/unified-diff/status-diff.js';
import { overlaid } from '../../model/overlaid-proxy.js';
import { ProxyConfig } from '../../model/proxy.js';
import { Resource } from '../../model/resource.js';
import { isJsonList, isJsonObject, type Json, type JsonObject } from '../canonical/json.js';
import { changesBetween } from '../changes/changes.js';
import { comparable } from '../drift/comparable.js';
import type { DriftKind } from '../drift/difference.js';
import type { Side } from '../drift/side.js';
import { pilotAndEnvoy } from '../drift/sides.js';
import { lineOf, linesOf, type Stretch, stretches } from './line-places.js';
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
  const sections = new Map<DriftKind, Section>(
    text.sections.map(({ kind }) => [kind, sectionOf(kind, envoy.active(kind), text)]),
  );
  const unplaced = recoverEach(text).filter(one => !isPlaced(one, sections.get(one.kind)));
  const lists = new Map([...sections].map(([kind, { list }]) => [kind, list]));
  const pilot = overlaid(new ProxyConfig(envoy.name, []), lists);
  const { left, right } = pilotAndEnvoy(pilot, envoy);
  return {
    left: { ...left, traced: overlaid(left.traced, lists) },
    right,
    unplaced: merged(unplaced.map(one => withKnownName(one, sections.get(one.kind)))),
  };
}

/** Where the part stands tells the resource better than what it refers to. */
function withKnownName(found: Recovered, section: Section | undefined): Recovered {
  const { name, isInferred, line } = found;
  if (name !== null && !isInferred) return found;
  const there = [...(section?.stretch ?? [])].find(([, { first, end }]) => line >= first && line < end);
  return there === undefined ? found : { ...found, name: there[0].name, isInferred: true };
}

/** The resources of a kind as they are turned from Envoy's into Pilot's. */
interface Section {
  readonly list: Resource[];
  /** Where each stands in the text of Envoy's side. */
  readonly stretch: Map<Resource, Stretch>;
  /** Name of the text. */
  readonly document: string;
}

function sectionOf(kind: Recovered['kind'], active: readonly Resource[], { name, controlPlane }: StatusDiff): Section {
  const list = active.filter(({ isStatic }) => !isStatic);
  const isWrapped = kind === 'listener' && controlPlane !== 'Pilot';
  const stretch = stretches(list, message => {
    const entry = { [KEYS[kind]]: message };
    return isWrapped ? { active_state: entry } : entry;
  });
  return { list, stretch, document: name };
}

function isPlaced(found: Recovered, section: Section | undefined): boolean {
  if (section === undefined) return false;
  const { list } = section;
  const at = list.findIndex(({ name }) => name === found.name);
  if (found.rejection !== null) return true;
  if (found.change === 'only-right' && at >= 0) list.splice(at, 1);
  else if (found.change === 'only-left' && at < 0 && found.message !== null && found.isWhole)
    list.push(resourceOf(found, found.message, section));
  else return found.change === 'changed' && found.parts.length > 0 && isChanged(found, section);
  return true;
}

/** Puts Pilot's version in the place of the one resource that looks as the text shows Envoy's. */
function isChanged(found: Recovered, section: Section): boolean {
  const { list, stretch } = section;
  const isSure = !found.isInferred && list.some(({ name }) => name === found.name);
  const candidates = isSure ? list.filter(({ name }) => name === found.name) : list;
  const reading = surest(candidates.flatMap(resource => readingsIn(found, resource, section)));
  if (reading === null || isUnchanged(found.kind, reading)) return false;
  const earlier = resourceOf(found, reading.message, section, reading.resource);
  list[list.indexOf(reading.resource)] = earlier;
  const place = stretch.get(reading.resource);
  if (place !== undefined) stretch.set(earlier, place);
  return true;
}

/** A difference that makes none once it is in its place would get lost. */
function isUnchanged(kind: Recovered['kind'], { resource, message }: Candidate): boolean {
  return changesBetween(message, comparable(kind, resource.view.value)).length === 0;
}

/** What a resource may have been on Pilot's side. */
interface Candidate {
  readonly resource: Resource;
  readonly message: JsonObject;
  /** Whether the text shows the part where the resource stands. */
  readonly isThere: boolean;
  /** How many lines away from where the text shows the part. */
  readonly distance: number;
}

function readingsIn({ kind, parts, line }: Recovered, resource: Resource, { stretch }: Section): Candidate[] {
  const [part] = parts;
  if (part === undefined) return [];
  const entry = entryOf(kind, comparable(kind, resource.view.value));
  const { first, end } = stretch.get(resource) ?? { first: 0, end: 0 };
  const scale = (end - first) / linesOf(entry);
  return substituted(entry, part).flatMap(({ value, steps }) => {
    const message = messageIn(kind, value);
    const distance = Math.abs(first + scale * lineOf(entry, steps) - line);
    return message === null ? [] : [{ resource, message, isThere: line >= first && line < end, distance }];
  });
}

/** How far a place may be from where the text shows it, in lines; what Envoy's dump and istioctl print otherwise adds up. */
const MAX_DISTANCE = 60;

/** The only one; or where the text shows it the only one, or the one that stands by far the nearest. */
function surest(candidates: readonly Candidate[]): Candidate | null {
  const [only, other] = candidates;
  if (only !== undefined && other === undefined) return only;
  const [first, second] = candidates.filter(({ isThere }) => isThere).sort((a, b) => a.distance - b.distance);
  if (first === undefined) return null;
  const isSure = second === undefined || (first.distance <= MAX_DISTANCE && 3 * first.distance < second.distance);
  return isSure ? first : null;
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

function resourceOf({ kind }: Recovered, message: JsonObject, { document }: Section, envoys?: Resource): Resource {
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
