import type { ListedProxy } from '../../decode/proxy-status/status.js';
import { are, list, note, type SyncNote } from './note.js';
import { kindOf, logCommands, typesIn } from './proxy.js';

/** IGNORED, and core types that a list of subscriptions leaves out: the proxy has not asked istiod for the type. */
export function notSubscribedNotes(proxy: ListedProxy): SyncNote[] {
  const types = typesIn(proxy, 'IGNORED').map(([type]) => type);
  if (types.length === 0) return [];
  if (kindOf(proxy) === 'ztunnel') return [ztunnelNote(types)];
  const first = types.filter(type => type === 'CDS' || type === 'LDS');
  if (first.length > 0) return [unaskedNote(proxy, first)];
  const routed = (['EDS', 'RDS'] as const).filter(type => types.includes(type));
  const extra = types.filter(type => type !== 'EDS' && type !== 'RDS');
  return [...routed.map(type => routedNote(proxy, type)), ...(extra.length === 0 ? [] : [extraNote(extra)])];
}

function titleOf(types: readonly string[]): string {
  return `${list(types)} ${are(types)} not subscribed`;
}

function ztunnelNote(types: readonly string[]): SyncNote {
  return note({
    code: 'not-subscribed',
    severity: 'info',
    types,
    title: titleOf(types),
    text: 'A ztunnel asks istiod for workloads and their policies, not for Envoy’s types. Normal.',
  });
}

function unaskedNote(proxy: ListedProxy, types: readonly string[]): SyncNote {
  return note({
    code: 'not-subscribed',
    severity: 'warning',
    types,
    title: titleOf(types),
    text:
      'The proxy is connected but has not asked for its clusters or listeners, with which every Envoy begins. Normal ' +
      'for the first moment of a pod, and for clients that are no Envoy.',
    remedy: 'Run it again after some seconds. If it stays, see whether Envoy started.',
    commands: logCommands(proxy.name, 'envoy|xds|error'),
  });
}

interface Unused {
  readonly why: string;
  readonly gateway: string;
  readonly sidecar: string;
}

const UNUSED: Readonly<Record<'EDS' | 'RDS', Unused>> = {
  RDS: {
    why: 'No listener of this proxy takes its routes from istiod',
    gateway: 'Normal for a gateway without HTTP routes: TCP or TLS passthrough alone, or nothing configured yet.',
    sidecar:
      'Not usual for a sidecar: normal only where no HTTP service is visible to it, and for a gateway without routes.',
  },
  EDS: {
    why: 'No cluster of this proxy takes its endpoints from istiod',
    gateway: 'Normal for a gateway that forwards to no service of the mesh.',
    sidecar: 'Not usual for a sidecar: normal only where no service is visible to it.',
  },
};

/** A gateway without routes is common; a sidecar sees at least the HTTP services of istio-system, unless a Sidecar hides them. */
function routedNote(proxy: ListedProxy, type: 'EDS' | 'RDS'): SyncNote {
  const isSidecar = kindOf(proxy) === 'sidecar';
  const unused = UNUSED[type];
  return note({
    code: 'not-subscribed',
    severity: isSidecar ? 'warning' : 'info',
    types: [type],
    title: titleOf([type]),
    text: `${unused.why}, so it does not ask for ${type}. ${isSidecar ? unused.sidecar : unused.gateway}`,
    remedy: isSidecar
      ? 'Check the Sidecar resources of the namespace and the port names (http-…) of the services that it calls.'
      : 'If it should serve HTTP: check that a Gateway selects it, and that a VirtualService or HTTPRoute names that Gateway.',
  });
}

function extraNote(types: readonly string[]): SyncNote {
  return note({
    code: 'not-subscribed',
    severity: 'info',
    types,
    title: titleOf(types),
    text:
      'The proxy did not ask for this, so istiod sends none. Normal: ECDS is for WasmPlugins and some EnvoyFilters, SDS ' +
      'for the TLS secrets of gateways, others are for other proxies.',
  });
}
