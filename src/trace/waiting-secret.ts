import type { ProxyConfig } from '../model/proxy.js';
import { certificateNames, validationName } from '../model/transport-socket.js';
import type { View } from '../model/view.js';

/**
 * What a TLS context waits for: `the secret kubernetes://shop-cert is warming: Envoy has not received it`. Null where it waits for
 * nothing, or the dump does not tell. Until its certificate and its roots are there, a context takes and makes no connection.
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/security/secret
 */
export function waitingSecret(proxy: ProxyConfig, context: View): string | null {
  if (proxy.has('secret') !== 'complete') return null;
  const names = [...certificateNames(context), validationName(context) ?? ''];
  for (const name of names.filter(item => item !== '')) {
    const [unserved] = proxy.find('secret', name) === undefined ? proxy.named('secret', name) : [];
    if (unserved !== undefined) return `the secret ${name} is ${unserved.state}: Envoy has not received it`;
  }
  return null;
}

/** Why no connection to a cluster can be made at all: each of the contexts for its endpoints waits for a secret. */
export function noConnection(proxy: ProxyConfig, contexts: readonly (View | null)[]): string | null {
  const waiting = contexts.map(context => (context === null ? null : waitingSecret(proxy, context)));
  const [first] = waiting;
  if (first == null || waiting.includes(null)) return null;
  return `${first}, and no connection to the cluster succeeds until it comes`;
}
