import type { Resource } from '../../model/resource.js';
import type { Found } from '../drift/find.js';
import type { Side } from '../drift/side.js';
import { type Explained, sentence } from './explained.js';
import { missingOf, type Reference, referencesOf, unknownOf } from './references.js';
import { fieldsInWords, noun } from './words.js';

/** Envoy has the resource and does not serve it before all that it refers to has come. */
export function warming({ pair, paths }: Found, waiting: Resource, left: Side, right: Side): Explained {
  const references = referencesOf(waiting);
  const missing = missingOf(references, right.proxy);
  const unknown = unknownOf(references, right.proxy);
  const what =
    missing.length > 0
      ? list(missing)
      : unknown.length > 0
        ? `${list(unknown)}, most likely`
        : 'nothing that shows here';
  const older =
    pair.right.active === null
      ? 'and nothing of that name serves'
      : `and the older one serves: ${fieldsInWords(paths)}`;
  return {
    cause: 'warming',
    why: sentence(
      `${right.label} has this ${noun(pair.kind)} but is still warming it, ${older}`,
      `it waits for ${what}`,
    ),
    remedy: remedyOf(missing[0] ?? unknown[0], missing.length > 0, left),
  };
}

const WHAT: Readonly<Record<Reference['xds'], string>> = {
  RDS: 'route table',
  EDS: 'the endpoints of',
  SDS: 'secret',
  ECDS: 'extension',
};

function list(references: readonly Reference[]): string {
  return [...new Set(references.map(({ xds, name }) => `${WHAT[xds]} ${name} (${xds})`))].join(', ');
}

function remedyOf(waits: Reference | undefined, isSure: boolean, left: Side): string {
  if (waits === undefined) return 'Take the dump again in a moment: what it waited for may have come.';
  const { xds, kind, name } = waits;
  const known = left.proxy.has(kind) === 'complete' ? left.proxy.find(kind, name) !== undefined : null;
  if (xds === 'SDS')
    return `Find out why secret ${name} does not come: the agent’s log (istio-proxy container) and, for a gateway, whether the Secret exists in its namespace.`;
  if (known === true)
    return `${left.label} has ${WHAT[xds]} ${name}, so it is on its way or lost: look at ${xds} in mesh-trace status, then restart the pod if it stays.`;
  if (known === false)
    return `${left.label} has no ${WHAT[xds].replace(/^the /, '')} ${name} either: look for what should bring it (istiod’s log, istioctl analyze).`;
  return isSure
    ? `Look at ${xds} of this proxy in mesh-trace status and at istiod’s log: Envoy never took ${WHAT[xds]} ${name}.`
    : `Take the dump with its endpoints (/config_dump?include_eds) to see what it waits for, and look at ${xds} in mesh-trace status.`;
}
