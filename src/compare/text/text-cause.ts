import type { StatusDiff } from '../../decode/unified-diff/status-diff.js';
import { type Explained, sentence } from '../causes/explained.js';
import { remedyOfLikelyRejection, remedyOfRejection } from '../causes/rejection.js';
import { fieldsInWords, noun } from '../causes/words.js';
import type { Recovered } from './recovered.js';

const STATES =
  'See Envoy’s own states (`istioctl proxy-config all POD.NAMESPACE -o json > config_dump.json`): give both with -f.';

/** What the text lets be told of the cause. Whether Envoy rejected a resource, or waits for something, does not show in it. */
export function causeInText(found: Recovered, text: StatusDiff): Explained {
  const { controlPlane } = text;
  const { kind, change, paths, rejection, isInferred, places, name } = found;
  const what = noun(kind);
  const inferred = isInferred ? 'its name does not show: it is told by what stands around the part that does' : '';
  const many = name === null && places > 1 ? `the same in ${places} places of the text` : '';
  if (rejection !== null)
    return {
      cause: 'rejected',
      why: sentence(`Envoy rejected an update of this ${what} (“${rejection}”) and goes on with the one that serves`),
      remedy: remedyOfRejection(rejection),
    };
  if (change === 'only-left' && isLeftBehind(found, text))
    return {
      cause: 'rejected',
      why: sentence(
        `${controlPlane} has this ${what} and Envoy does not serve it, though it took all clusters, which a push brings before listeners: Envoy most likely rejected it, unless the push was still under way`,
        inferred,
      ),
      remedy: remedyOfLikelyRejection('POD -n NAMESPACE'),
    };
  if (change === 'only-left')
    return {
      cause: 'not-pushed',
      why: sentence(
        `${controlPlane} has this ${what} and Envoy does not serve it: it was not pushed yet, or Envoy rejected it or is still warming it, which the text does not tell`,
        inferred,
      ),
      remedy: STATES,
    };
  if (change === 'only-right')
    return {
      cause: 'envoy-only',
      why: sentence(`Envoy runs this ${what} and ${controlPlane} does not have it (any more)`, inferred),
      remedy: STATES,
    };
  return {
    cause: 'stale',
    why: sentence(
      `Envoy runs another ${what} than ${controlPlane} has: ${fieldsInWords(paths) || 'what differs does not show as a whole'}`,
      inferred,
      many,
    ),
    remedy: STATES,
  };
}

/** A listener is missing and no cluster is; one with a route table may also wait for that. */
function isLeftBehind({ kind, message }: Recovered, { sections }: StatusDiff): boolean {
  if (kind !== 'listener' || message === null) return false;
  const hasClusters = sections.some(section => section.kind === 'cluster' && section.matches);
  return hasClusters && !JSON.stringify(message).includes('"route_config_name"');
}
