import type { Comparison, Found } from '../drift/find.js';
import { changedInWords } from './changed-words.js';
import { type Explained, sentence } from './explained.js';
import { remedyOfLikelyRejection, remedyOfRejection } from './rejection.js';
import { isNewer, sectionVersion, versionsInWords } from './versions.js';
import { warming } from './warming.js';
import { fieldsInWords, noun } from './words.js';

const PUSH =
  'Look at this proxy in mesh-trace status; if it stays so, at istiod’s log for its pushes, then restart the pod so that it connects anew.';

/** Why Envoy does not run what Pilot has: Envoy's own states first, then what the versions tell. */
export function pilotCause(found: Found, { left, right }: Comparison): Explained {
  const { pair, change } = found;
  if (pair.right.error !== null) return rejected(found, pair.right.error.errorDetails);
  if (change !== 'only-right' && pair.right.warming !== null) return warming(found, pair.right.warming, left, right);
  if (change === 'only-right') return onlyInEnvoy(found);
  if (change === 'only-left' && isLeftBehind(found, { left, right })) return likelyRejected({ left, right });
  return change === 'only-left' ? notPushed(found, { left, right }) : stale(found, { left, right });
}

type Sides = Pick<Comparison, 'left' | 'right'>;

function rejected({ pair, paths, isOnlyRejection, change }: Found, details: string | null): Explained {
  const said = details === null || details === '' ? 'without a reason' : `“${details}”`;
  const what = noun(pair.kind);
  const state = isOnlyRejection
    ? `and goes on with the one that serves, which is what Pilot has now; against the rejected one, ${fieldsInWords(paths)}`
    : change === 'changed'
      ? `and goes on with the older one: ${fieldsInWords(paths)}`
      : 'and nothing of that name serves';
  return {
    cause: 'rejected',
    why: sentence(`Envoy rejected an update of this ${what}, ${said}, ${state}`),
    remedy: remedyOfRejection(details),
  };
}

/**
 * Envoy of Istio 1.1 shows no rejected update. One push brings clusters before listeners: where only the clusters came through, the listeners
 * were refused or are still on their way. Where Pilot's versions are not told, Envoy's own say which is the newer.
 */
function isLeftBehind({ pair }: Found, { left, right }: Sides): boolean {
  if (pair.kind !== 'listener') return false;
  const [clusters, listeners] = [sectionVersion(right, 'cluster'), sectionVersion(right, 'listener')];
  if (clusters === null || listeners === null || clusters === listeners) return false;
  const pushed = sectionVersion(left, 'listener');
  return pushed === null ? isNewer(clusters, listeners) : clusters === pushed;
}

function likelyRejected({ right }: Sides): Explained {
  const [clusters, listeners] = [sectionVersion(right, 'cluster'), sectionVersion(right, 'listener')];
  return {
    cause: 'rejected',
    why: sentence(
      `Envoy took the clusters of push ${clusters} but not its listeners (it is at ${listeners}): it most likely rejected them, which an Envoy of that time does not show, unless the push was still under way`,
      'nothing of that name serves',
    ),
    remedy: remedyOfLikelyRejection(podOf(right.proxy.name)),
  };
}

function podOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot < 0 ? 'POD' : `${name.slice(0, dot)} -n ${name.slice(dot + 1)}`;
}

function notPushed(found: Found, { left, right }: Sides): Explained {
  const draining = found.pair.right.draining !== null ? 'Envoy is closing an older one' : '';
  return {
    cause: 'not-pushed',
    why: sentence(
      `Pilot has this ${noun(found.pair.kind)} and Envoy does not: it was not pushed yet, or the push got lost`,
      draining,
      versionsInWords(found, left, right),
    ),
    remedy: PUSH,
  };
}

function stale(found: Found, { left, right }: Sides): Explained {
  return {
    cause: 'stale',
    why: sentence(
      `Envoy runs an older ${noun(found.pair.kind)} than Pilot has: ${changedInWords(found)}`,
      versionsInWords(found, left, right),
    ),
    remedy: PUSH,
  };
}

function onlyInEnvoy({ pair }: Found): Explained {
  const { active, warming: waiting, draining } = pair.right;
  const what = noun(pair.kind);
  if (active === null && draining !== null)
    return {
      cause: 'envoy-only',
      why: `Envoy is draining this ${what}, which Pilot no longer has: it takes no new connections.`,
      remedy: 'Nothing: it goes when its connections are closed.',
    };
  const state = active === null && waiting !== null ? 'is warming' : 'runs';
  return {
    cause: 'envoy-only',
    why: `Envoy ${state} this ${what} and Pilot does not have it: it was removed and the removal has not come through, or something else than this Pilot brought it.`,
    remedy:
      'Look at this proxy in mesh-trace status, and whether it is connected to the istiod that was asked (an EnvoyFilter or another revision may add it).',
  };
}
