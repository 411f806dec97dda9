import type { ListedProxy, TypeStatus } from '../../decode/proxy-status/status.js';
import { are, list, note, type Severity, type SyncNote } from './note.js';
import { eraOf, logCommands, typesIn } from './proxy.js';
import { atLeast, type IstioVersion } from './version.js';

interface Meaning {
  readonly severity: Severity;
  /** What stands behind the word STALE in the title. */
  readonly since: string;
  readonly text: string;
}

const WAIT = 'Normal for a few seconds after a change or a start; not when it stays.';
const ON_ITS_WAY = 'The last update was sent and Envoy has neither accepted nor rejected it yet.';

/**
 * STALE: istiod has sent an update that Envoy has not acknowledged (istio.io, Debugging Envoy and Istiod).
 * Types of one proxy for which the same is true share a note.
 */
export function staleNotes(proxy: ListedProxy): SyncNote[] {
  const alike = new Map<string, { types: string[]; meaning: Meaning }>();
  for (const [type, status] of typesIn(proxy, 'STALE')) {
    const meaning = meaningOf(type, status, eraOf(proxy));
    const key = meaning.since + meaning.text;
    const known = alike.get(key) ?? { types: [], meaning };
    known.types.push(type);
    alike.set(key, known);
  }
  return [...alike.values()].map(({ types, meaning: { severity, since, text } }) =>
    note({
      code: 'stale',
      severity,
      types,
      title: `${list(types)} ${are(types)} STALE${since}`,
      text,
      remedy:
        'Run it again after some seconds. If it stays, see in the proxy’s log whether its connection to istiod holds, ' +
        'and whether istiod is short of CPU; restarting the pod makes Envoy ask for everything anew.',
      commands: logCommands(proxy.name, 'xds|rejected|istiod|pilot'),
    }),
  );
}

function meaningOf(type: string, status: TypeStatus, era: IstioVersion | null): Meaning {
  const { neverAcknowledged, behind, age, sentAt } = status;
  if (neverAcknowledged) return neverMeaning(type, era);
  if (behind !== undefined) {
    return {
      severity: 'warning',
      since: `, ${behind} behind`,
      text: `The update that Envoy runs is by so much older than the last one that Pilot sent, which it has not acknowledged. ${WAIT}`,
    };
  }
  if (age !== undefined && !isYoung(age)) {
    return {
      severity: 'error',
      since: ` for ${age}`,
      text: 'The last update was sent that long ago, and Envoy has neither accepted nor rejected it. Not normal: an answer takes milliseconds.',
    };
  }
  const since = age !== undefined ? ` for ${age}` : sentAt !== undefined ? `, sent ${sentAt}` : '';
  return { severity: 'warning', since, text: `${ON_ITS_WAY} ${WAIT}` };
}

/** What the words Never Acknowledged are worth depends on the version that printed them. */
function neverMeaning(type: string, era: IstioVersion | null): Meaning {
  if (era !== null && !atLeast(era, 1, 2)) {
    return {
      severity: 'warning',
      since: '',
      text:
        `${ON_ITS_WAY} ${WAIT} ` +
        '(This version writes “Never Acknowledged” even where earlier updates were acknowledged.)',
    };
  }
  if (type === 'RDS' && era?.major === 1 && era.minor === 22) {
    return {
      severity: 'warning',
      since: '',
      text:
        'An update was sent that Envoy has not acknowledged. Early releases of Istio 1.22 show this by mistake once a ' +
        'proxy no longer uses any route table (istio/istio issue 51612); then it is normal.',
    };
  }
  return {
    severity: 'error',
    since: '',
    text: `An update was sent, and Envoy has acknowledged none since it connected: it runs without what istiod sent. ${WAIT}`,
  };
}

/** Less than a minute, as Kubernetes prints it: seconds alone up to two minutes. */
function isYoung(age: string): boolean {
  const seconds = /^(\d+)s$/.exec(age)?.[1];
  return seconds !== undefined && Number(seconds) < 60;
}
