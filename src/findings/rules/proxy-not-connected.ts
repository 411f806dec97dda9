import type { SyncNote } from '../../compare/sync-notes/note.js';
import { explainStatus } from '../../compare/sync-state.js';
import type { ProxyStatus } from '../../decode/proxy-status/status.js';
import type { Snapshot } from '../../model/snapshot.js';
import type { FindingCode } from '../codes.js';
import { type Finding, findingOf, type ObjectRef } from '../finding.js';

/** What a listing says of a proxy, in the words of findings. */
const CODES: Partial<Record<SyncNote['code'], FindingCode>> = {
  rejected: 'rejected-config',
  stale: 'stale-config',
  'version-skew': 'version-skew',
};

/**
 * What istiod’s own listing of its proxies (`istioctl proxy-status`) says of those of a snapshot: which are not connected, have not taken
 * their last update, or run another version. Listings show no configuration, so that these findings have no place in a document.
 * https://istio.io/latest/docs/ops/diagnostic-tools/proxy-cmd/
 */
export function statusFindings(status: ProxyStatus, { proxies }: Snapshot): Finding[] {
  const names = proxies.filter(({ node }) => node !== null && node.type !== 'unknown').map(({ name }) => name);
  const report = explainStatus(status, { only: names });
  return [
    ...report.missing.filter(name => covers(status, name)).map(notConnected),
    ...report.proxies.flatMap(({ name, notes }) =>
      notes.flatMap(({ code, severity, text, remedy, commands }) => {
        const known = CODES[code];
        if (known === undefined || severity === 'info') return [];
        const how = [remedy ?? '', ...commands.map(command => `\`${command}\`.`)].join(' ').trim();
        return [
          findingOf(known, name, { severity, resource: proxyObject(name), evidence: [], why: text, remedy: how }),
        ];
      }),
    ),
  ];
}

/** A listing of one namespace says nothing of the others. */
function covers({ proxies }: ProxyStatus, name: string): boolean {
  const namespaces = new Set(proxies.map(proxy => proxyObject(proxy.name).namespace));
  return namespaces.size > 1 || namespaces.has(proxyObject(name).namespace);
}

function notConnected(name: string): Finding {
  const { namespace, name: pod } = proxyObject(name);
  return findingOf('proxy-not-connected', name, {
    resource: proxyObject(name),
    evidence: [],
    why: `istiod does not list ${name}: its Envoy gets no updates, and runs what it last got.`,
    remedy: `See the agent’s log for why it does not connect (\`kubectl logs ${pod} -n ${namespace ?? 'NAMESPACE'} -c istio-proxy --tail=100\`) and whether it can reach istiod on port 15012; restart the pod if it belongs to a control plane that is gone.`,
  });
}

function proxyObject(name: string): ObjectRef {
  const dot = name.lastIndexOf('.');
  return dot < 0
    ? { kind: 'Proxy', namespace: null, name }
    : { kind: 'Proxy', namespace: name.slice(dot + 1), name: name.slice(0, dot) };
}
