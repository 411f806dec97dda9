import { atLeast, istioVersion } from '../../compare/sync-notes/version.js';
import { matchListenerPredicate } from '../../match/listener-predicate.js';
import { isUnknown } from '../../match/ternary.js';
import { extensionOf } from '../../model/extension.js';
import type { ProxyConfig } from '../../model/proxy.js';
import type { Resource } from '../../model/resource.js';
import type { View } from '../../model/view.js';
import { evidenceOf } from '../../trace/evidence.js';
import { serverOf } from '../gateway-server.js';
import type { Rule } from '../rule.js';

/** What only the HTTP inspector finds out. */
const PLAINTEXT_PROTOCOLS = new Set(['http/1.0', 'http/1.1', 'h2c']);

/**
 * A chain that asks for something that no listener filter of its port finds out, such as a server name without a TLS inspector.
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/listeners/listener_filters/tls_inspector
 */
export const shadowedChain: Rule = {
  code: 'shadowed-chain',
  chain: ({ listener, chain }, { proxy }) => {
    const match = chain.get('filter_chain_match');
    if (match === undefined || listener.view.has('filter_chain_matcher') || mayInject(proxy)) return [];
    const missing = missingFilter(listener, match);
    if (missing === null) return [];
    return [
      {
        resource: serverOf(chain)?.gateway ?? { kind: 'listener', namespace: null, name: listener.name ?? '' },
        evidence: [evidenceOf(listener, match.pointer)],
        why: `Filter chain ${chain.string('name') ?? '(unnamed)'} of listener ${listener.name ?? ''} asks for ${missing.what}, and no ${missing.filter} runs there to find it out: no connection ever takes the chain.`,
        remedy: `Add the listener filter ${missing.filter} to the listener; look for the EnvoyFilter or the annotation that took it away.`,
      },
    ];
  },
};

/** Envoy before 1.18 (Istio 1.10) adds a TLS inspector by itself where a chain needs one. */
function mayInject({ node }: ProxyConfig): boolean {
  const envoy = istioVersion(node?.envoyVersion ?? null);
  return envoy === null ? !atLeast(istioVersion(node?.istioVersion ?? null), 1, 10) : !atLeast(envoy, 1, 18);
}

function missingFilter(listener: Resource, match: View): { what: string; filter: string } | null {
  const port = match.number('destination_port') ?? null;
  const names = match.strings('server_names');
  const protocols = match.strings('application_protocols');
  const transport = match.string('transport_protocol');
  if (transport === 'tls' || names.length > 0) {
    const what = names.length > 0 ? `server name ${names.slice(0, 2).join(', ')}` : 'TLS';
    return runs(listener, 'tls_inspector', port) ? null : { what, filter: 'tls_inspector' };
  }
  const isPlain = protocols.length > 0 && protocols.every(protocol => PLAINTEXT_PROTOCOLS.has(protocol));
  if (!isPlain || runs(listener, 'http_inspector', port) || runs(listener, 'tls_inspector', port)) return null;
  return { what: `application protocol ${protocols.join(', ')}`, filter: 'http_inspector' };
}

/** Whether a listener filter runs for a port; for chains of every port, whether it runs at all. */
function runs(listener: Resource, kind: string, port: number | null): boolean {
  return listener.view.list('listener_filters').some(view => {
    const disabled = view.get('filter_disabled');
    if (extensionOf(view).kind !== kind) return false;
    if (disabled === undefined || port === null) return true;
    const off = matchListenerPredicate(disabled, port);
    return isUnknown(off) || !off;
  });
}
