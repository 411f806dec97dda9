import { pilotAndEnvoy, twoProxies } from '../../compare/drift/sides.js';
import type { DecodedDocument } from '../../decode/document.js';
import { DecodeProblem } from '../../decode/problem.js';
import type { ProxyConfig } from '../../model/proxy.js';
import { selectProxy } from '../../model/select.js';
import { type Snapshot, snapshotOf } from '../../model/snapshot.js';
import type { Io } from '../io.js';
import type { GlobalOptions, SourceOptions } from '../options.js';
import { type DiffDocuments, missingPilot, savedDocuments } from './documents.js';
import { liveDocuments } from './live.js';
import { readOperands } from './operands.js';
import type { Compared } from './results.js';
import { pairSnapshots } from './snapshots.js';

type Options = SourceOptions & GlobalOptions;

/** What is compared with what, and what the user should know of how it was read. */
export interface Comparands {
  readonly compared: readonly Compared[];
  readonly warnings: readonly string[];
}

/** Reads both sides. Throws UsageError, ProxyNotFound, SourceError, DecodeProblem or IstioctlError. */
export async function comparands(operands: readonly string[], options: Options, io: Io): Promise<Comparands> {
  const { paths, proxies } = await readOperands(operands, options);
  const [first, second] = paths.length === 2 ? paths : [];
  if (first !== undefined && second !== undefined) return twoPaths(first, second, proxies[0] ?? null, options, io);
  const files = [...paths, ...(options.file ?? [])];
  const documents =
    files.length > 0 ? await savedDocuments(files, options, io) : await liveDocuments(proxies, options, io);
  return { compared: comparedOf(documents, proxies, files), warnings: documents.warnings };
}

/** Two snapshots; or one document of each side, or a text beside a dump, which are not snapshots of the same. */
async function twoPaths(
  first: string,
  second: string,
  proxy: string | null,
  options: Options,
  io: Io,
): Promise<Comparands> {
  const [left, right] = [await savedDocuments([first], options, io), await savedDocuments([second], options, io)];
  const warnings = [...left.warnings, ...right.warnings];
  if (isOneSide(left) !== isOneSide(right) || left.texts.length + right.texts.length > 0) {
    const both = join(left, right);
    return { compared: comparedOf(both, proxy === null ? [] : [proxy], [first, second]), warnings };
  }
  const [before, after] = [snapshotOf(documentsIn(left)), snapshotOf(documentsIn(right))];
  const paired = pairSnapshots(before.proxies, after.proxies, labelsOf(first, second), proxy);
  return { compared: paired.compared, warnings: [...warnings, ...paired.warnings] };
}

/** Snapshots are named as the user did, without the folders that are the same. */
function labelsOf(first: string, second: string): [string, string] {
  const [left, right] = [first, second].map(path => path.replace(/\/+$/, '').split('/'));
  const short = [left?.at(-1) ?? first, right?.at(-1) ?? second] as const;
  return short[0] === short[1] ? [first, second] : [short[0], short[1]];
}

function isOneSide({ envoy }: DiffDocuments): boolean {
  return envoy.length === 0;
}

function join(left: DiffDocuments, right: DiffDocuments): DiffDocuments {
  return {
    pilot: [...left.pilot, ...right.pilot],
    envoy: [...left.envoy, ...right.envoy],
    texts: [...left.texts, ...right.texts],
    refusals: [...left.refusals, ...right.refusals],
    warnings: [],
  };
}

function documentsIn({ envoy, pilot }: DiffDocuments): DecodedDocument[] {
  return envoy.length > 0 ? [...envoy] : [...pilot];
}

function comparedOf(documents: DiffDocuments, proxies: readonly string[], files: readonly string[]): Compared[] {
  const [first, second] = proxies;
  const all = snapshotOf([...documents.envoy, ...documents.pilot]);
  if (first !== undefined && second !== undefined) {
    const known = snapshotOf(documents.envoy).proxies;
    return [{ mode: 'proxies', ...twoProxies(selectProxy(known, first), selectProxy(known, second)) }];
  }
  if (documents.envoy.length === 0) return [withoutEnvoy(documents)];
  const envoys = snapshotOf(documents.envoy).proxies;
  if (first === undefined && documents.pilot.length === 0 && documents.texts.length === 0)
    return withoutPilot(envoys, documents, files);
  const envoy = selectProxy(envoys, first ?? null);
  const pilot = pilotOf(envoy, all, documents);
  if (pilot !== null) return [{ mode: 'pilot', ...pilotAndEnvoy(pilot, envoy) }];
  const [text] = documents.texts;
  if (text === undefined) throw withoutPilotOf(envoy, documents);
  return [{ mode: 'text', text, envoy }];
}

/** Pilot's documents are named by their place; where only one proxy's are there, they are meant. */
function pilotOf(envoy: ProxyConfig, all: Snapshot, { pilot }: DiffDocuments): ProxyConfig | null {
  const own = all.pilot.get(envoy.name);
  if (own !== undefined) return own;
  const alone = snapshotOf(pilot).pilot;
  const [only] = alone.values();
  return alone.size === 1 && only !== undefined ? only : null;
}

function withoutEnvoy({ texts, pilot }: DiffDocuments): Compared {
  const [text] = texts;
  if (text !== undefined) return { mode: 'text', text, envoy: null };
  throw new DecodeProblem(
    pilot[0]?.name ?? 'what was read',
    'is Pilot’s side only',
    'Give Envoy’s as well: istioctl proxy-config all POD.NAMESPACE -o json > config_dump.json',
  );
}

function noPilot(envoys: readonly ProxyConfig[], documents: DiffDocuments, files: readonly string[]): DecodeProblem {
  const [only, ...others] = envoys;
  if (only !== undefined && others.length === 0) return withoutPilotOf(only, documents);
  return missingPilot(files.length === 0 ? 'what was read' : files.join(' and '), documents.refusals);
}

function withoutPilotOf(envoy: ProxyConfig, { refusals }: DiffDocuments): DecodeProblem {
  return missingPilot(envoy.documents[0]?.name ?? envoy.name, refusals, envoy.isPodKnown ? envoy.name : undefined);
}

/** Two dumps of Envoys given side by side are compared with each other. */
function withoutPilot(envoys: readonly ProxyConfig[], documents: DiffDocuments, files: readonly string[]): Compared[] {
  const [first, second, ...others] = documents.envoy;
  if (files.length !== 2 || first === undefined || second === undefined || others.length > 0)
    throw noPilot(envoys, documents, files);
  const [before, after] = [snapshotOf([first]).proxies, snapshotOf([second]).proxies];
  return [...pairSnapshots(before, after, labelsOf(first.name, second.name), null).compared];
}
