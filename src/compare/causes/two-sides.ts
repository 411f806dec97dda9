import type { Comparison, Found } from '../drift/find.js';
import type { Side } from '../drift/side.js';
import { changedInWords } from './changed-words.js';
import { type Explained, sentence } from './explained.js';
import { remedyOfRejection } from './rejection.js';
import { isNewer } from './versions.js';
import { warming } from './warming.js';
import { fieldsInWords, noun } from './words.js';

/** Why two snapshots or two proxies differ, as far as the configuration tells: states, versions of the proxy, versions of the resource. */
export function twoSidedCause(found: Found, { left, right, mode }: Comparison): Explained {
  const { pair, change, paths } = found;
  const what = noun(pair.kind);
  if (pair.right.error !== null && pair.left.error === null) {
    const details = pair.right.error.errorDetails;
    return {
      cause: 'rejected',
      why: sentence(
        `an update of this ${what} was rejected in ${right.label} (${details ?? 'no reason given'})`,
        paths.length === 0 ? '' : fieldsInWords(paths),
      ),
      remedy: remedyOfRejection(details),
    };
  }
  if (change === 'only-left' && pair.right.warming !== null) return warming(found, pair.right.warming, left, right);
  const described = describe(found, left, right);
  const skew = versionSkew(left, right);
  if (skew !== null)
    return {
      cause: 'version-skew',
      why: sentence(described, skew),
      remedy: 'Bring both proxies to one version (restart the older pod), then compare again.',
    };
  const age = mode === 'proxies' ? olderSide(found, left, right) : null;
  if (age !== null)
    return {
      cause: 'stale',
      why: sentence(described, age.why),
      remedy: `Look at ${age.side.label} in mesh-trace status: its last update did not come through.`,
    };
  return { cause: 'unknown', why: sentence(described, originOf(found)), remedy: remedyFor(mode, found) };
}

function describe(found: Found, left: Side, right: Side): string {
  const { pair, change } = found;
  const what = noun(pair.kind);
  if (change === 'changed') return `this ${what} differs: ${changedInWords(found)}`;
  const [has, lacks] = change === 'only-left' ? [left, right] : [right, left];
  const other = change === 'only-left' ? pair.right : pair.left;
  const state =
    other.warming !== null ? ', where it is still warming' : other.draining !== null ? ', where it is draining' : '';
  return `this ${what} is in ${has.label} and not in ${lacks.label}${state}`;
}

function versionSkew(left: Side, right: Side): string | null {
  for (const field of ['istioVersion', 'envoyVersion'] as const) {
    const [ours, theirs] = [left.proxy.node?.[field] ?? null, right.proxy.node?.[field] ?? null];
    if (ours !== null && theirs !== null && ours !== theirs)
      return `the proxies are of different versions (${left.label}: ${ours}, ${right.label}: ${theirs}), and Pilot makes configuration for each version`;
  }
  return null;
}

function olderSide({ pair }: Found, left: Side, right: Side): { side: Side; why: string } | null {
  const [ours, theirs] = [pair.left.active?.versionInfo ?? '', pair.right.active?.versionInfo ?? ''];
  if (!isNewer(ours, theirs) && !isNewer(theirs, ours)) return null;
  const side = isNewer(theirs, ours) ? left : right;
  return { side, why: `${side.label} has the older version (${left.label}: ${ours}, ${right.label}: ${theirs})` };
}

/** The Istio object that a resource says it comes from. */
function originOf({ pair }: Found): string {
  const resource = pair.right.active ?? pair.left.active;
  const config = resource?.view.path('metadata', 'filter_metadata', 'istio')?.string('config');
  const match = /namespaces\/([^/]+)\/([^/]+)\/([^/]+)$/.exec(config ?? '');
  return match === null ? '' : `it comes from ${match[2]} ${match[1]}/${match[3]}`;
}

function remedyFor(mode: Comparison['mode'], { pair }: Found): string {
  if (mode === 'snapshots')
    return 'Find the change between the two times: git log or kubectl describe of the object that it comes from.';
  return pair.kind === 'bootstrap'
    ? 'Compare the pods’ annotations, labels and images: the bootstrap is made when the pod starts.'
    : 'Compare the two pods’ labels and namespaces, and the Sidecars, EnvoyFilters and policies that select them.';
}
