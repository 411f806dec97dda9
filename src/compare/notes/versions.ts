import { sectionVersion } from '../causes/versions.js';
import type { DriftNote } from '../drift/difference.js';
import type { Side } from '../drift/side.js';

const TYPES = [
  ['cluster', 'CDS'],
  ['listener', 'LDS'],
] as const;

/** Versions of whole sections that are not the same; told beside differences only, for by themselves they are none. */
export function versionNotes(left: Side, right: Side): DriftNote[] {
  const texts = TYPES.flatMap(([kind, type]) => {
    const [ours, theirs] = [sectionVersion(left, kind), sectionVersion(right, kind)];
    return ours === null || theirs === null || ours === theirs
      ? []
      : [`${type} ${left.label} ${ours}, ${right.label} ${theirs}`];
  });
  return texts.length === 0 ? [] : [{ about: 'versions', text: `versions: ${texts.join('; ')}` }];
}
