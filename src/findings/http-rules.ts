import { oncePer } from '../model/once.js';
import type { ProxyConfig } from '../model/proxy.js';
import type { ObjectRef } from './finding.js';
import { originOf } from './provenance.js';

/** A VirtualService with HTTP routes for a service, and the ports that have a virtual host for it. */
export interface HttpRules {
  readonly virtualService: ObjectRef;
  readonly ports: readonly number[];
}

/** The VirtualService that has HTTP routes for a host, by the virtual hosts named after it (`HOST:PORT`); null where there is none. */
export function httpRulesFor(proxy: ProxyConfig, host: string): HttpRules | null {
  return rulesByHost(proxy).get(host) ?? null;
}

const rulesByHost = oncePer((proxy: ProxyConfig): ReadonlyMap<string, HttpRules> => {
  const index = new Map<string, HttpRules>();
  for (const table of proxy.active('route')) {
    for (const virtualHost of table.view.list('virtual_hosts')) {
      const [, host, port] = /^(.+):(\d+)$/.exec(virtualHost.string('name') ?? '') ?? [];
      const origin = virtualHost
        .list('routes')
        .map(originOf)
        .find(found => found?.kind === 'VirtualService');
      if (host === undefined || origin === undefined || origin === null) continue;
      const known = index.get(host);
      index.set(host, { virtualService: origin, ports: [...(known?.ports ?? []), Number(port)] });
    }
  }
  return index;
});
