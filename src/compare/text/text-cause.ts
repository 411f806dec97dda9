import { type Explained, sentence } from '../causes/explained.js';
import { remedyOfRejection } from '../causes/rejection.js';
import { fieldsInWords, noun } from '../causes/words.js';
import type { Recovered } from './recovered.js';

const STATES =
  'See Envoy’s own states: istioctl proxy-config all POD.NAMESPACE -o json > config_dump.json, and give both with -f.';

/** What the text lets be told of the cause. Whether Envoy rejected a resource, or waits for something, does not show in it. */
export function causeInText(found: Recovered, controlPlane: string): Explained {
  const { kind, change, paths, rejection, isInferred, places, name } = found;
  const what = noun(kind);
  const inferred = isInferred ? `its name is told by the clusters and ports in it` : '';
  const many = name === null && places > 1 ? `the same in ${places} places of the text` : '';
  if (rejection !== null)
    return {
      cause: 'rejected',
      why: sentence(`Envoy rejected an update of this ${what} (“${rejection}”) and goes on with the one that serves`),
      remedy: remedyOfRejection(rejection),
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
    why: sentence(`Envoy runs another ${what} than ${controlPlane} has: ${fieldsInWords(paths)}`, inferred, many),
    remedy: STATES,
  };
}
