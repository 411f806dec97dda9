import type { DriftKind } from '../drift/difference.js';
import type { Found } from '../drift/find.js';
import type { Side } from '../drift/side.js';

/** The version of a whole section (CDS, LDS) on a side; null where the evidence tells none. */
export function sectionVersion({ proxy }: Side, kind: DriftKind): string | null {
  return proxy.documents.map(({ versions }) => versions.get(kind)).find(version => version !== undefined) ?? null;
}

/** What the versions of a resource and its section say, as the end of a sentence; empty where they say nothing. */
export function versionsInWords({ pair }: Found, left: Side, right: Side): string {
  const { kind } = pair;
  const [ours, theirs] = [sectionVersion(left, kind), sectionVersion(right, kind)];
  const taken = pair.right.active;
  const parts = [
    ours !== null && theirs !== null && ours !== theirs
      ? `${left.label} is at version ${ours}, ${right.label} at ${theirs}`
      : '',
    ours !== null && ours === theirs ? `both name version ${ours}` : '',
    taken !== null && taken.lastUpdated !== null
      ? `${right.label} took its own at ${taken.lastUpdated}${ofVersion(taken.versionInfo)}`
      : '',
  ];
  return parts.filter(part => part !== '').join('; ');
}

function ofVersion(version: string | null): string {
  return version === null || version === '' ? '' : ` (version ${version})`;
}

const DATED = /^(\d{4}-\d\d-\d\dT[^/]*)(?:\/(\d+))?$/;

/** Whether one of Istio's versions, the time of a push and its number, is of a later push than another; false where they are no such versions. */
export function isNewer(version: string, than: string): boolean {
  const [, time, number] = DATED.exec(version) ?? [];
  const [, otherTime, otherNumber] = DATED.exec(than) ?? [];
  if (time === undefined || otherTime === undefined) return false;
  return time === otherTime ? Number(number ?? 0) > Number(otherNumber ?? 0) : time > otherTime;
}
