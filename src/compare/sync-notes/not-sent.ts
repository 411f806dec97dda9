import type { ListedProxy } from '../../decode/proxy-status/status.js';
import { are, list, note, type Severity, type SyncNote } from './note.js';
import { eraOf, kindOf, logCommands, type ProxyKind, typesIn } from './proxy.js';
import { atLeast } from './version.js';

interface Meaning {
  readonly severity: Severity;
  readonly text: string;
  readonly remedy: string | null;
}

/**
 * NOT SENT: until 1.22 istiod has nothing of the type for the proxy, asked for or not; since 1.23 (istio/istio pull
 * 51638) the proxy has asked for it and has had no answer yet.
 */
export function notSentNotes(proxy: ListedProxy): SyncNote[] {
  const types = typesIn(proxy, 'NOT SENT').map(([type]) => type);
  if (kindOf(proxy) !== 'ztunnel' && (types.includes('LDS') || types.includes('CDS')))
    return [startingNote(proxy, types)];
  const asked = atLeast(eraOf(proxy), 1, 23);
  return types.map(type => {
    const meaning = asked ? unanswered(type) : nothingToSend(type, kindOf(proxy));
    const commands = meaning.severity === 'info' ? [] : logCommands(proxy.name, 'xds|rejected|istiod');
    return note({ code: 'not-sent', types: [type], title: `${type} is NOT SENT`, commands, ...meaning });
  });
}

/** Envoy asks for clusters first, then their endpoints, then listeners, then their routes; istiod answers in that order. */
function startingNote(proxy: ListedProxy, types: readonly string[]): SyncNote {
  return note({
    code: 'starting',
    severity: 'warning',
    types,
    title: `${list(types)} ${are(types)} NOT SENT`,
    text:
      'The proxy has connected but has not got that far: clusters and endpoints come first, then listeners and routes. ' +
      'Normal for the first seconds of a pod. If it stays, the pod has no listeners from Istio and does not become ready.',
    remedy: 'Run it again after some seconds. If it stays, see whether Envoy accepted its clusters.',
    commands: logCommands(proxy.name, 'cds|lds|rejected|warming'),
  });
}

function nothingToSend(type: string, kind: ProxyKind): Meaning {
  const meaning = (kind === 'sidecar' ? SIDECAR[type] : undefined) ?? NOTHING_TO_SEND[type];
  const text = `istiod has nothing of ${type} for this proxy. Normal where it is not used.`;
  return meaning ?? { severity: 'info', text, remedy: null };
}

const SIDECAR: Readonly<Record<string, Meaning>> = {
  RDS: {
    severity: 'warning',
    text:
      'istiod has sent no route table. Not usual for a sidecar: it is normal only where no HTTP service is visible to ' +
      'it, as with a Sidecar resource that leaves none in its egress hosts, and for a gateway without routes. HTTP ' +
      'calls through it find no route.',
    remedy: 'Check the Sidecar resources of the namespace and the port names (http-…) of the services that it calls.',
  },
  EDS: {
    severity: 'warning',
    text: 'istiod has sent no endpoints. Not usual for a sidecar: it is normal only where no service is visible to it.',
    remedy: 'Check the Sidecar resources of the namespace, and whether the services that it calls have endpoints.',
  },
};

const NOTHING_TO_SEND: Readonly<Record<string, Meaning>> = {
  RDS: {
    severity: 'info',
    text:
      'istiod has no route table for this gateway. Normal for one without routes: an egress gateway that no ' +
      'VirtualService uses, or a gateway for TCP or TLS passthrough alone.',
    remedy:
      'If it should serve HTTP: check that the selector of a Gateway matches its pods, and that a VirtualService names that Gateway.',
  },
  EDS: {
    severity: 'info',
    text: 'istiod has no endpoints for this gateway. Normal where it forwards to no service of the mesh.',
    remedy: null,
  },
  ECDS: {
    severity: 'info',
    text: 'No filter of this proxy takes its configuration by ECDS. Normal: only WasmPlugins and some EnvoyFilters do.',
    remedy: null,
  },
};

function unanswered(type: string): Meaning {
  const { waits, remedy } = WAITING[type] ?? { waits: 'What depends on it does not work until then', remedy: null };
  return {
    severity: 'warning',
    text: `The proxy has asked for ${type} and istiod has not answered. ${waits}. Normal for a moment only.`,
    remedy: `Run it again after some seconds.${remedy === null ? '' : ` If it stays: ${remedy}`}`,
  };
}

const WAITING: Readonly<Record<string, { readonly waits: string; readonly remedy: string }>> = {
  RDS: {
    waits: 'Listeners that wait for a route table do not serve, or answer 404 NR',
    remedy: 'check that a VirtualService or HTTPRoute and its Gateway, or a service with that port, still exist.',
  },
  EDS: {
    waits: 'Clusters that wait for endpoints are not used before they come; requests to them end with 503',
    remedy: 'check that the services behind them have endpoints and are visible to this proxy.',
  },
  ECDS: {
    waits: 'The listener that uses the filter does not serve before it comes',
    remedy: 'check the WasmPlugin or EnvoyFilter that adds it.',
  },
  SDS: {
    waits: 'TLS listeners that use the certificate do not serve before it comes',
    remedy:
      'check that the Secret in credentialName exists in the gateway’s own namespace, or that a ReferenceGrant allows it, and that it is a valid TLS Secret.',
  },
};
