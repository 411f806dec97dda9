import type { ListedProxy } from '../../decode/proxy-status/status.js';
import { namesProxy, ProxyNotFound } from '../../model/select.js';
import { nearest } from '../../trace/nearest.js';
import { note, type SyncNote } from './note.js';
import { logCommands, podCommands } from './proxy.js';

const NEAR = 3;

/**
 * Whether a listed proxy is meant by a name: `pod.namespace`, `pod` in any namespace, or `deploy/name.namespace` for
 * any pod of that deployment.
 */
export function isMeant(wanted: string, proxy: ListedProxy): boolean {
  const deployment = /^(?:deploy|deployment|deployments)\/([^.]+)(\..+)?$/.exec(wanted);
  if (deployment === null)
    return proxy.name === wanted || (!wanted.includes('.') && proxy.name.startsWith(`${wanted}.`));
  const [, name = '', namespace = ''] = deployment;
  const rest = proxy.name.startsWith(`${name}-`) ? proxy.name.slice(name.length + 1) : '';
  return /^[a-z0-9]+-[a-z0-9]{5}\./.test(rest) && rest.endsWith(namespace);
}

/**
 * What a user means who names a listed proxy: the name itself where it is a proxy’s, or tells a namespace, so that a proxy of that
 * name may be missing; else the proxy whose name alone begins with it. Throws ProxyNotFound where none does, or several do.
 */
export function listedName(query: string, proxies: readonly ListedProxy[]): string {
  if (proxies.some(proxy => isMeant(query, proxy))) return query;
  const fits = proxies.map(({ name }) => name).filter(name => namesProxy(name, query));
  const [first, other] = fits;
  if (first !== undefined && other === undefined) return first;
  if (first === undefined && query.includes('.')) return query;
  throw new ProxyNotFound(query, first === undefined ? proxies.map(({ name }) => name) : fits, first !== undefined);
}

/** The names that no listed proxy is meant by, in order, each once. */
export function missingNames(expected: readonly string[], proxies: readonly ListedProxy[]): string[] {
  const missing = new Set(expected.filter(name => !proxies.some(proxy => isMeant(name, proxy))));
  return [...missing].sort();
}

/** A proxy that should be there and is not: istio.io says that it is not connected to any istiod. */
export function missingNote(name: string, proxies: readonly ListedProxy[]): SyncNote {
  const near = nearest(proxies, proxy => [proxy.name], name, NEAR).filter(proxy => shareStart(proxy.name, name));
  const listed = near.length === 0 ? '' : ` Listed with a similar name: ${near.map(proxy => proxy.name).join(', ')}.`;
  return note({
    code: 'missing-proxy',
    severity: 'error',
    title: `${name} is not in the list`,
    text:
      'The proxy is not connected to any istiod of this listing, so it gets no configuration: it goes on with what it ' +
      `had, or never started.${listed}`,
    remedy:
      'See whether the pod runs and has a sidecar, and what its log says about istiod. With several revisions or ' +
      'clusters, make sure that the listing is of the right one.',
    commands: [...podCommands(name), ...logCommands(name, 'xds|istiod|pilot|connect')],
  });
}

function shareStart(listed: string, wanted: string): boolean {
  const start = wanted.replace(/^.*\//, '').split(/[.-]/)[0] ?? '';
  return start !== '' && listed.startsWith(start);
}
