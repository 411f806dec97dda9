import { UNSEEN } from '../../decode/unified-diff/fragment.js';
import type { Segment } from '../../decode/unified-diff/segments.js';
import type { StatusDiffKind } from '../../decode/unified-diff/status-diff.js';
import { canonical } from '../canonical/canonical.js';
import { changesBetween, type PathChange } from '../changes/changes.js';
import { masked } from '../changes/masked.js';

/** What encloses a part at an even depth below a resource's own fields, by kind. */
const ABOVE: Readonly<Record<StatusDiffKind, readonly string[]>> = {
  cluster: [''],
  route: ['', '/virtual_hosts/*', '/virtual_hosts/*/routes/*'],
  listener: ['', '/filter_chains/*', '/filter_chains/*/filters/*'],
};

/** What differs between the same part of a resource on both sides. What does not show of a path is `…`, a place in a list that is not known `*`. */
export function partChanges(kind: StatusDiffKind, left: Segment, right: Segment): PathChange[] {
  const ours = canonical({ part: left.json });
  const changes = masked(ours, changesBetween(ours, canonical({ part: right.json })));
  const above = left.depth >= 0 && !Array.isArray(left.json) ? ABOVE[kind][left.depth / 2] : undefined;
  return changes.map(change => ({ ...change, path: pathOf(change.path, above), at: placeOf(change.at) }));
}

function pathOf(path: string, above: string | undefined): string {
  const shown = path.replace(/^\/part/, '').replace(/^\/\d+(?=\/)/, '');
  const inner = shown.replaceAll(/(?<=\/…(?:\/…)*)\/\d+(?=\/|$)/g, '/*');
  return above === undefined ? `/${UNSEEN}${inner.replace(/^(\/…)+/, '')}` : `${above}${inner}`;
}

function placeOf(at: string): string {
  return at.replace(/^part(\[\d+\])?\.?/, '').replace(/^part/, UNSEEN) || UNSEEN;
}
