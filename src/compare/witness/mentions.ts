import type { ResourceKind } from '../../decode/layout.js';
import type { ProxyConfig } from '../../model/proxy.js';
import type { Resource } from '../../model/resource.js';
import type { View } from '../../model/view.js';

/** The serving resources of a kind whose text holds a name as a whole string. Only the text is searched, nothing is parsed. */
export function mentioning(proxy: ProxyConfig, kind: ResourceKind, name: string): Resource[] {
  const quoted = JSON.stringify(name);
  return proxy
    .active(kind)
    .filter(({ text, view }) => (text === null ? JSON.stringify(view.value) : text).includes(quoted));
}

/** Whether a message holds a name as a whole string, anywhere in it. */
export function mentions(view: View, name: string): boolean {
  return JSON.stringify(view.value).includes(JSON.stringify(name));
}
