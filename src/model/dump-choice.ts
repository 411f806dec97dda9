import type { DecodedDocument } from '../decode/document.js';
import { newestOf } from '../decode/newest.js';

/** The documents of one proxy that go together, in the order in which they count. */
export interface DumpChoice {
  readonly used: readonly DecodedDocument[];
  /** Names of the dumps of another time or place. */
  readonly leftOut: readonly string[];
}

/**
 * Chooses among the documents of one proxy. Dumps that differ in their newest update, or lie in different folders, are of different
 * times: the newest whole one counts, with what belongs to it (the same dump without endpoints, `/clusters`, lists of istioctl).
 */
export function newestDump(documents: readonly DecodedDocument[]): DumpChoice {
  const candidates = documents.filter(isDump);
  if (candidates.length < 2) return { used: inOrder(documents), leftOut: [] };
  const dumps = candidates
    .map(document => ({ document, time: timeOf(document) }))
    .sort((a, b) => brokenness(a.document) - brokenness(b.document) || b.time - a.time);
  const [best] = dumps;
  if (best === undefined) return { used: inOrder(documents), leftOut: [] };
  const others = dumps.filter(({ document, time }) => document.folder !== best.document.folder || time !== best.time);
  const leftOut = new Set(others.map(({ document }) => document));
  const otherFolders = new Set(others.map(({ document }) => document.folder));
  otherFolders.delete(best.document.folder);
  const used = documents.filter(document => !leftOut.has(document) && !otherFolders.has(document.folder));
  return { used: inOrder(used), leftOut: [...leftOut].map(({ name }) => name).sort() };
}

/** Whole documents before broken ones, dumps before lists, documents with endpoints and bootstrap first; then by name. */
export function inOrder(documents: readonly DecodedDocument[]): DecodedDocument[] {
  return [...documents].sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));
}

/** By weight: each reason counts more than all after it together. istioctl leaves clusters without endpoints out of its list. */
function rank(document: DecodedDocument): number {
  const { form, kinds } = document;
  return [
    document.broken !== null,
    form !== 'config_dump',
    !kinds.has('endpoint'),
    !kinds.has('bootstrap'),
    form === 'istioctl-endpoints',
  ].reduce((sum, isWorse) => sum * 2 + (isWorse ? 1 : 0), 0);
}

/** A dump of a whole proxy, against a part of one or a list. */
function isDump({ form, kinds }: DecodedDocument): boolean {
  return (form === 'config_dump' || form === 'csds') && kinds.has('listener') && kinds.has('cluster');
}

function brokenness(document: DecodedDocument): number {
  return document.broken === null ? 0 : 1;
}

/** Milliseconds of the newest update; 0 where there is none. Endpoints are left out, as one of two dumps may lack them. */
function timeOf(document: DecodedDocument): number {
  const lists = document.lists.filter(({ kind }) => kind !== 'endpoint');
  const newest = newestOf(lists.map(list => list.newestUpdate()));
  const time = newest === null ? 0 : Date.parse(newest);
  return Number.isNaN(time) ? 0 : time;
}
